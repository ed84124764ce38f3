"""Deeds of the ground floor that are broken at every step: from a proposal to a story taken back.

Each is prepared on rows of its own and done as the pages and commands do it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from smartstart.access.actor import VISITOR
from smartstart.access.permissions import Role
from smartstart.people import keys, operations, running, waking
from smartstart.people.models import Account, Hat, Invitation, Restore
from smartstart.programme import operations as programme
from smartstart.programme.choices import VindplaatsKind
from smartstart.programme.models import Pilot, Proposal
from smartstart.thread import operations as thread
from smartstart.thread.kinds import Kind
from smartstart.thread.models import Knot
from smartstart.voices import operations as voices
from smartstart.voices import (
    operations_coding,
    operations_quotes,
    operations_story,
    operations_text,
)
from smartstart.voices import running as commands
from smartstart.voices.models import CodingRound, Interview, Pseudonym, QuoteApproval, Transcript
from smartstart.voices.states import Layer
from tests.faults.cases import cast
from tests.faults.harness import Case
from tests.voices.booth import ALL, TEXT, Booth


def booth(now: datetime) -> Booth:
    """A room to record in, in the store that is in use."""
    return Booth(cast(now))


# Voices ---------------------------------------------------------------------------------------


def _planned(now: datetime) -> Interview:
    return booth(now).plan()


def _agreed(now: datetime) -> Interview:
    return booth(now).agreed()


def _proposed(now: datetime) -> Transcript:
    return booth(now).proposed()


def _read_through(now: datetime) -> Transcript:
    transcript = booth(now).proposed()
    _say_yes(transcript, now)
    return transcript


def _say_yes(transcript: Transcript, now: datetime) -> None:
    refs = list(Pseudonym.objects.filter(transcript=transcript).values_list("ref", flat=True))
    operations_text.confirm(booth(now).nadia, transcript.pk, pseudonyms=refs, at=now)


def _checked(now: datetime) -> Transcript:
    return booth(now).checked()


def _with_a_thread(now: datetime) -> Transcript:
    """A text to make a piece of, in a pilot that has a thread already."""
    booth(now).excerpt()
    return booth(now).checked()


def _round(now: datetime) -> CodingRound:
    made = booth(now)
    made.code()
    return made.round()


def _coded(now: datetime) -> CodingRound:
    made = booth(now)
    found = made.round()
    made.put(found, 41, 75)
    made.put(found, 41, 74, by="bram")
    operations_coding.ready(made.nadia, found.ref, at=now)
    return found


def _asked(now: datetime) -> QuoteApproval:
    made = booth(now)
    return operations_quotes.ask_approval(made.nadia, made.excerpt().ref, at=now)


def _published(now: datetime) -> Knot:
    """An insight on a quote that its person said yes to, ready to be shown."""
    made = booth(now)
    Pilot.objects.filter(pk=made.pilot.pk).update(is_public=True)
    approval = _asked(now)
    words = operations_story.approve_quote
    teller = made.teller(approval.excerpt.interview)
    words(teller, approval.ref, words=_words(made), at=now)
    rests = [approval.excerpt.knot.ref]
    written = thread.write(
        made.nadia, made.pilot.pk, Kind.INSIGHT, title="Wie belt, wacht", rests_on=rests, at=now
    )
    return written.knot


def _words(made: Booth) -> str:
    return TEXT[40:75].strip()


def _shown(now: datetime) -> Interview:
    knot = _published(now)
    thread.publish(booth(now).nadia, knot.ref, at=now)
    found = Interview.objects.order_by("-id").first()
    assert found is not None
    return found


def _from_a_file(_made: Any, now: datetime) -> None:
    made = booth(now)
    commands.import_file(
        made.nadia,
        made.pilot,
        content=TEXT.encode(),
        called="gesprek.txt",
        described="moeder, 34 jaar",
        layers=ALL,
        keep_until=made.until,
        on=made.cast.today,
        at=now,
    )


def _brings_in(interview: Interview, now: datetime) -> None:
    booth(now).imported(interview)


def _says_yes(interview: Interview, now: datetime) -> None:
    made = booth(now)
    voices.give_consent(made.nadia, interview.pk, layers=[Layer.USE], keep_until=made.until, at=now)


def _releases(transcript: Transcript, now: datetime) -> None:
    nadia = booth(now).nadia
    operations_text.finish_pseudonyms(nadia, transcript.pk, checked=True, at=now)


VOICES: Final[list[Case]] = [
    Case("plan a conversation", booth, lambda made, now: made.plan()),
    Case("write a consent down", _planned, _says_yes),
    Case("import a text", _agreed, _brings_in),
    Case("import by command", booth, _from_a_file),
    Case("replace names", _proposed, _say_yes),
    Case("release a text", _read_through, _releases),
    Case("open a round", _checked, lambda text, now: booth(now).round(text)),
    Case("code a passage", _round, lambda found, now: booth(now).put(found, 41, 75, memo="ja")),
    Case("be the last who is ready", _coded, lambda found, now: booth(now).ready(found, "bram")),
    Case("make an excerpt", _with_a_thread, lambda text, now: booth(now).excerpt(text)),
    Case(
        "ask about a quote",
        lambda now: booth(now).excerpt(),
        lambda one, now: operations_quotes.ask_approval(booth(now).nadia, one.ref, at=now),
    ),
    Case(
        "answer about a quote",
        _asked,
        lambda asked, now: operations_story.approve_quote(
            booth(now).teller(asked.excerpt.interview), asked.ref, words=_words(booth(now)), at=now
        ),
    ),
    Case(
        "make a card",
        _agreed,
        lambda one, now: operations_story.make_card(
            booth(now).nadia, one.pk, word="zonnebloem", at=now
        ),
    ),
    Case(
        "publish with a quote",
        _published,
        lambda knot, now: thread.publish(booth(now).nadia, knot.ref, at=now),
    ),
    Case(
        "take a published story back",
        _shown,
        lambda one, now: voices.withdraw_consent(booth(now).nadia, one.pk, at=now),
    ),
]


# Programme ------------------------------------------------------------------------------------


def _propose(_made: object, now: datetime) -> Proposal:
    seen = programme.Seen("Ouders vertellen het vijf keer", "Tilburg", "Samira", "06 12 34 56 78")
    return programme.propose_pilot(VISITOR, seen, at=now)


def _sent_in(now: datetime) -> Proposal:
    cast(now)
    return _propose(None, now)


def _accept(proposal: Proposal, now: datetime) -> None:
    made = cast(now)
    begin = programme.Beginning(
        called=f"Pilot {uuid4().hex[:8]}",
        vindplaats=programme.NewPlace(
            name=f"Plek {uuid4().hex[:8]}",
            kind=VindplaatsKind.PRIMARY_SCHOOL,
            town=programme.NewTown("GM0855", "Tilburg"),
        ),
        question="Hoe vertelt een ouder het maar één keer?",
        leader=made.account("nadia"),
    )
    programme.accept_proposal(
        made.actor("els"), proposal.pilot_id, begin, why="Dit speelt vaker.", at=now
    )


PROGRAMME: Final[list[Case]] = [
    Case("propose a pilot", cast, _propose),
    Case("accept a proposal", _sent_in, _accept),
    Case(
        "decline a proposal",
        _sent_in,
        lambda one, now: programme.decline_proposal(
            cast(now).actor("els"), one.pilot_id, why="Dit loopt al.", at=now
        ),
    ),
]


# People ---------------------------------------------------------------------------------------


def _invited(now: datetime) -> Invitation:
    offer, _code = operations.invite(
        cast(now).actor("ada"),
        role=Role.PROFESSIONAL,
        called="leerkracht",
        shown_as="Joost",
        at=now,
    )
    return Invitation.objects.select_related("organisation__folder").get(pk=offer.pk)


def _taken(offer: Invitation, now: datetime) -> operations.Taken:
    today = cast(now).today
    return operations.take_invitation(offer, at=now, today=today, username=f"j{uuid4().hex[:9]}")


def _colleague(now: datetime) -> Hat:
    return _taken(_invited(now), now).hat


def _restoring(now: datetime) -> Restore:
    made = cast(now)
    _colleague_of = _colleague(now)
    return keys.ask_restore(made.actor("ada"), _colleague_of.account_id, at=now, today=made.today)


def _asleep(now: datetime) -> Hat:
    hat = _colleague(now)
    running.new_card(hat.account.username, at=now, today=cast(now).today)
    return hat


def _lose_keys(account: Account, now: datetime) -> None:
    today = cast(now).today
    running.new_card(account.username, at=now, today=today, keys_are_lost=True)


PEOPLE: Final[list[Case]] = [
    Case("invite somebody", cast, lambda _made, now: _invited(now)),
    Case("take an invitation", _invited, _taken),
    Case(
        "be the second person",
        _restoring,
        lambda one, now: keys.confirm_restore(
            cast(now).actor("els"), one.pk, at=now, today=cast(now).today
        ),
    ),
    Case("give a card at the server", lambda now: _colleague(now).account, _lose_keys),
    Case(
        "wake a role",
        _asleep,
        lambda hat, now: waking.wake(cast(now).actor("els"), hat.pk, at=now, today=cast(now).today),
    ),
    Case(
        "end all roles of somebody",
        _colleague,
        lambda hat, now: operations.end_person(
            cast(now).actor("ada"), hat.account_id, at=now, today=cast(now).today
        ),
    ),
]

DEEDS: Final[list[Case]] = [*VOICES, *PROGRAMME, *PEOPLE]
