"""From a file to a text that may be coded: import, propose names, decide, say it is checked."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.models import put_all
from smartstart.access.permissions import Permission
from smartstart.access.reading import open_for_deed
from smartstart.base.clock import day_of
from smartstart.base.keyring import keyring
from smartstart.language import client
from smartstart.voices import transcripts
from smartstart.voices.errors import CodingIsOutsideTheText, ConsentDoesNotReach
from smartstart.voices.models import Interview, Pseudonym, Transcript, stands_on
from smartstart.voices.operations import HOUSE, locked
from smartstart.voices.refusals import (
    ListOfNamesIsNotReady,
    NamesAreReleased,
    NotEverythingIsDecided,
    ProposalsAreNotReady,
    SayThatYouChecked,
    StretchesOverlap,
    TextIsAlreadyWorkedOn,
)
from smartstart.voices.rules import Span, collide, found_again, lies_within
from smartstart.voices.states import InterviewState, ProposalState


def import_transcript(
    actor: Actor, interview_id: int, *, content: bytes, called: str, at: datetime
) -> Transcript:
    """Store the text of a file under the key of the voice; names are then looked for by a task.

    The file is read before anything is locked. The same file again gives what is there; another
    file takes its place until a person checked the text. All of it is stored or nothing. Raises
    NotFound, NotAllowed, ConsentDoesNotReach, what the file is refused for, TextIsAlreadyWorkedOn.
    """
    may_import(actor, interview_id, at=at)
    text = transcripts.read_transcript(content, called)
    return store_transcript(actor, interview_id, text, content=content, at=at)


def may_import(actor: Actor, interview_id: int, *, at: datetime) -> Interview:
    """Return the interview when a text may be stored in it; asked before a file is read.

    Raises NotFound, NotAllowed or ConsentDoesNotReach.
    """
    on = day_of(at)
    visible = Interview.objects.visible_to(actor, on=on).select_related("pilot", "folder")
    interview = visible.one(interview_id)
    require(actor, Permission.VOICE_IMPORT, within=interview.pilot.ref)
    if not Interview.objects.filter(pk=interview.pk).usable(on=on).exists():
        raise ConsentDoesNotReach
    return interview


@transaction.atomic
def store_transcript(
    actor: Actor, interview_id: int, text: transcripts.Transcript, *, content: bytes, at: datetime
) -> Transcript:
    """Store a text that was read and ask for proposals: second half of ``import_transcript``."""
    interview = locked(actor, interview_id, at=at)
    require(actor, Permission.VOICE_IMPORT, within=interview.pilot.ref)
    require_usable(interview, at=at)
    key = keyring().key(interview.folder.ref)
    fingerprint = hmac.digest(key, content, hashlib.sha256)
    stored = Transcript.objects.filter(interview=interview).first()
    if stored is not None and bytes(stored.fingerprint or b"") == fingerprint:
        return stored
    if stored is not None and stored.checked_at is not None:
        raise TextIsAlreadyWorkedOn
    transcript = stored or Transcript(interview=interview, folder=interview.folder)
    Pseudonym.objects.filter(transcript=stored).delete()
    transcript.folder = interview.folder
    transcript.put(name=text.name, original=text.text)
    transcript.shape, transcript.fingerprint, transcript.proposed_by = text.shape, fingerprint, ""
    transcript.imported_at, transcript.imported_by = at, actor.hat
    transcript.save()
    _ask_for_proposals(transcript)
    note(actor, Deed.IMPORTED, folders=[interview.folder_id], at=at, on=[transcript.ref])
    return transcript


def propose_pseudonyms(transcript: UUID, *, at: datetime) -> int:
    """Look for what may point at somebody and store it as proposals; how many there are.

    The text goes to the language helper in memory, outside any transaction. What a person decided
    stays. A second time, or after the story was taken back, changes nothing.
    """
    rows = Transcript.objects.filter(stands_on(day_of(at), before="interview__"))
    found = rows.filter(ref=transcript, proposed_by="", checked_at=None)
    waiting = found.select_related("folder").first()
    if waiting is None:
        return 0
    text = open_for_deed(waiting, "original")
    proposals = client.propose(text, socket_path=settings.LANGUAGE_SOCKET)
    return _keep_proposals(waiting, proposals, at=at)


def look_again(actor: Actor, transcript_id: int, *, at: datetime) -> Transcript:
    """Let the names be looked for once more, now with the list of names; by a task.

    Only of a text that was searched by the word rules alone; else nothing changes. What a person
    decided stays. Raises NotFound, NotAllowed, NamesAreReleased or ListOfNamesIsNotReady.
    """
    _seen(actor, transcript_id, at=at)
    helper = client.status(socket_path=settings.LANGUAGE_SOCKET)
    return _look_again(actor, transcript_id, is_ready=helper.ready, at=at)


@transaction.atomic
def confirm(
    actor: Actor,
    transcript_id: int,
    *,
    pseudonyms: Collection[UUID],
    replacement: str | None = None,
    at: datetime,
) -> int:
    """Let these stretches be replaced, by what was proposed or by other words; how many.

    Raises NotFound, NotAllowed, NamesAreReleased or TooLong.
    """
    return _decide(actor, transcript_id, pseudonyms, ProposalState.CONFIRMED, replacement, at=at)


@transaction.atomic
def reject(actor: Actor, transcript_id: int, *, pseudonyms: Collection[UUID], at: datetime) -> int:
    """Leave these stretches as they are; how many. Raises as ``confirm``."""
    return _decide(actor, transcript_id, pseudonyms, ProposalState.REJECTED, None, at=at)


@transaction.atomic
def add_pseudonyms(
    actor: Actor, transcript_id: int, stretches: Sequence[Span], *, replacement: str, at: datetime
) -> list[Pseudonym]:
    """Replace stretches (start, end) that nobody proposed by the same words, all or none.

    They are decided at once by who adds them. Raises NotFound, NotAllowed, NamesAreReleased,
    CodingIsOutsideTheText or StretchesOverlap.
    """
    transcript = _unchecked(actor, transcript_id, at=at)
    length = len(open_for_deed(transcript, "original"))
    if not all(lies_within(stretch, length) for stretch in stretches):
        raise CodingIsOutsideTheText
    if collide(stretches, list(transcript.pseudonyms.values_list("start", "end"))):
        raise StretchesOverlap
    made = [
        Pseudonym(
            transcript=transcript,
            folder=transcript.folder,
            start=start,
            end=end,
            kind="person",
            state=ProposalState.CONFIRMED,
            decided_by=actor.hat,
            decided_at=at,
        )
        for start, end in stretches
    ]
    put_all(made, "replacement", [replacement] * len(made))
    Pseudonym.objects.bulk_create(made)
    note(actor, Deed.CONFIRMED, folders=[transcript.folder_id], at=at, on=[r.ref for r in made])
    return made


@transaction.atomic
def finish_pseudonyms(
    actor: Actor, transcript_id: int, *, checked: bool, at: datetime
) -> Transcript:
    """Say that a person read the whole text; from now on it can be coded, and the original is gone.

    The same person again changes nothing. Raises NotFound, NotAllowed, NamesAreReleased,
    ProposalsAreNotReady, NotEverythingIsDecided or SayThatYouChecked.
    """
    transcript = _held(actor, transcript_id, at=at)
    if transcript.checked_at is not None and transcript.checked_by == actor.hat:
        return transcript
    _require_unchecked(transcript)
    if not transcript.proposed_by:
        raise ProposalsAreNotReady
    left = transcript.pseudonyms.filter(state=ProposalState.PROPOSED).count()
    if left:
        raise NotEverythingIsDecided(left=left)
    if not checked:
        raise SayThatYouChecked
    chosen = transcript.pseudonyms.filter(state=ProposalState.CONFIRMED).select_related("folder")
    text = replaced(open_for_deed(transcript, "original"), chosen)
    transcript.put(text=text, original=None)
    transcript.length = len(text)
    transcript.checked_at, transcript.checked_by = at, actor.hat
    transcript.save()
    Interview.objects.filter(pk=transcript.interview_id).update(state=InterviewState.TOLD)
    note(actor, Deed.CONFIRMED, folders=[transcript.folder_id], at=at, on=[transcript.ref])
    return transcript


# Parts ----------------------------------------------------------------------------------------


def require_usable(interview: Interview, *, at: datetime) -> None:
    """Raise ConsentDoesNotReach unless this interview, held by now, may be used today."""
    if not is_usable(interview, on=day_of(at)):
        raise ConsentDoesNotReach


def is_usable(interview: Interview, *, on: date) -> bool:
    """Whether this story may be used on this day: what ``stands_on`` says in SQL."""
    if not interview.use or interview.given_on is None or interview.keep_until is None:
        return False
    return interview.given_on <= on <= interview.keep_until


def replaced(original: str, chosen: Iterable[Pseudonym]) -> str:
    """Return the text with each chosen stretch replaced."""
    pieces, reached = [], 0
    for pseudonym in sorted(chosen, key=lambda row: row.start):
        pieces += [original[reached : pseudonym.start], open_for_deed(pseudonym, "replacement")]
        reached = pseudonym.end
    return "".join([*pieces, original[reached:]])


def _ask_for_proposals(transcript: Transcript) -> None:
    from smartstart.voices.tasks import look_for_names

    look_for_names.enqueue(transcript.ref.hex)


@transaction.atomic
def _look_again(actor: Actor, transcript_id: int, *, is_ready: bool, at: datetime) -> Transcript:
    transcript = _unchecked(actor, transcript_id, at=at)
    if transcript.proposed_by != "rules":
        return transcript
    if not is_ready:
        raise ListOfNamesIsNotReady
    transcript.proposed_by = ""
    transcript.save(update_fields=["proposed_by"])
    _ask_for_proposals(transcript)
    folder = transcript.folder_id
    note(actor, Deed.CHANGED, folders=[folder], at=at, on=[transcript.ref], why="names again")
    return transcript


@transaction.atomic
def _keep_proposals(waiting: Transcript, proposals: client.Proposals, *, at: datetime) -> int:
    held = Transcript.objects.select_for_update(of=("self",)).filter(
        pk=waiting.pk, proposed_by="", imported_at=waiting.imported_at, original__isnull=False
    )
    if not held.exists():
        return 0
    rows = _added(waiting, proposals)
    Transcript.objects.filter(pk=waiting.pk).update(proposed_by=proposals.by)
    note(HOUSE, Deed.CHANGED, folders=[waiting.folder_id], at=at, on=[waiting.ref], why="names")
    return len(rows)


def _added(waiting: Transcript, proposals: client.Proposals) -> list[Pseudonym]:
    """Write what a search found beside what is there already, which a person may have decided."""
    there = list(waiting.pseudonyms.select_related("folder"))
    open_ones = {(row.start, row.end) for row in there if row.state == ProposalState.PROPOSED}
    words = {(row.start, row.end): open_for_deed(row, "replacement") for row in there}
    kinds = {(found.start, found.end): found.kind.value for found in proposals.items}
    again = found_again(
        open_for_deed(waiting, "original"),
        {(found.start, found.end): found.replacement for found in proposals.items},
        decided={span: said for span, said in words.items() if span not in open_ones},
        waiting={span: said for span, said in words.items() if span in open_ones},
    )
    gone = [row.pk for row in there if (row.start, row.end) in again.dropped]
    Pseudonym.objects.filter(pk__in=gone).delete()
    rows = [
        Pseudonym(
            transcript=waiting,
            folder=waiting.folder,
            start=new.span[0],
            end=new.span[1],
            kind=kinds[new.find],
        )
        for new in again.added
    ]
    put_all(rows, "replacement", [new.words for new in again.added])
    return Pseudonym.objects.bulk_create(rows)


def _unchecked(actor: Actor, transcript_id: int, *, at: datetime) -> Transcript:
    """Return a transcript of which the pseudonyms are being decided, held, with its interview."""
    transcript = _held(actor, transcript_id, at=at)
    _require_unchecked(transcript)
    return transcript


def _require_unchecked(transcript: Transcript) -> None:
    if transcript.checked_at is not None:
        raise NamesAreReleased


def _held(actor: Actor, transcript_id: int, *, at: datetime) -> Transcript:
    """Return a transcript that this actor decides names in, held."""
    found = _seen(actor, transcript_id, at=at)
    interview = locked(actor, found.interview_id, at=at)
    require_usable(interview, at=at)
    visible = Transcript.objects.visible_to(actor, on=day_of(at)).select_related("folder")
    return visible.one(transcript_id, lock=True)


def _seen(actor: Actor, transcript_id: int, *, at: datetime) -> Transcript:
    """Return a transcript that this actor decides names in. Raises NotFound or NotAllowed."""
    visible = Transcript.objects.visible_to(actor, on=day_of(at))
    found = visible.select_related("interview__pilot").one(transcript_id)
    require(actor, Permission.VOICE_CONFIRM_PSEUDONYM, within=found.interview.pilot.ref)
    return found


def _decide(
    actor: Actor,
    transcript_id: int,
    pseudonyms: Collection[UUID],
    state: ProposalState,
    replacement: str | None,
    *,
    at: datetime,
) -> int:
    transcript = _unchecked(actor, transcript_id, at=at)
    rows = list(transcript.pseudonyms.filter(ref__in=pseudonyms).select_related("folder"))
    for row in rows:
        row.state, row.decided_by, row.decided_at = state, actor.hat, at
    if replacement is not None:
        put_all(rows, "replacement", [replacement] * len(rows))
    Pseudonym.objects.bulk_update(rows, ["state", "decided_by", "decided_at", "replacement"])
    note(actor, Deed.CONFIRMED, folders=[transcript.folder_id], at=at, on=[r.ref for r in rows])
    return len(rows)
