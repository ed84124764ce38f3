"""Writing a general answer anew, and the second person who lets it in or not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from smartstart.access.actor import VISITOR, Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.models import FolderKind
from smartstart.access.operations import erase_folder, house_folder, open_folder
from smartstart.access.permissions import Permission
from smartstart.access.reading import open_for_deed
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound
from smartstart.consult.expertise.words import stems
from smartstart.consult.identity import tells_for_certain
from smartstart.consult.library import errors, rules
from smartstart.consult.models import AnswerDraft, Exchange, LearnedAnswer, Remark, Returning
from smartstart.consult.models.library import may_decide
from smartstart.consult.rules import first_of_month
from smartstart.consult.steps import as_function, exchange_known, me
from smartstart.people.models import Domain, Organisation
from smartstart.programme.models import Vindplaats

WAITS: Final = timedelta(days=30)


@transaction.atomic
def write(
    actor: Actor, exchange: UUID, *, question: str, answer: str, at: datetime, ref: UUID | None
) -> AnswerDraft:
    """Write what others may learn from an exchange, in new and general words.

    Sent twice with one ``ref`` it is one draft. Writes an AnswerDraft in a folder of its own, tied
    to no exchange, and one line. Raises NotFound, NotAllowed, NotAnsweredByYou, WriteBoth,
    ItTellsWho or ItIsACopy, in that order.
    """
    found = exchange_known(actor, exchange, at=at)
    require(actor, Permission.CONSULT_ANSWER)
    before = AnswerDraft.objects.filter(ref=ref, by=me(actor)).first() if ref else None
    if before is not None:
        return before
    if found.holder != me(actor) or found.answered_at is None:
        raise errors.NotAnsweredByYou
    _check_words(found, question, answer)
    return _draft(actor, question.strip(), answer.strip(), at=at, ref=ref or uuid4())


def _check_words(exchange: Exchange, question: str, answer: str) -> None:
    if not question.strip() or not answer.strip():
        raise errors.WriteBoth
    _tells_nobody(question, answer)
    remarks = Remark.objects.filter(exchange=exchange).select_related("folder")
    said = [open_for_deed(row, "words") for row in (exchange, *remarks)]
    if rules.is_copied(f"{question} . {answer}", said):
        raise errors.ItIsACopy


def _tells_nobody(question: str, answer: str) -> None:
    """Let no number of somebody into what everybody reads, whatever two people overlooked."""
    if tells_for_certain(f"{question}\n{answer}"):
        raise errors.ItTellsWho


def _draft(actor: Actor, question: str, answer: str, *, at: datetime, ref: UUID) -> AnswerDraft:
    organisation, domain = _works_at(actor)
    draft = AnswerDraft(
        ref=ref,
        folder=open_folder(FolderKind.EXCHANGE, at=at),
        domain=domain,
        by=me(actor),
        organisation=organisation,
        written_on=day_of(at),
        erase_on=day_of(at + WAITS),
    )
    draft.put(question=question, answer=answer)
    draft.save(force_insert=True)
    note(as_function(actor), Deed.MADE, folders=[draft.folder_id], at=at, on=[draft.ref])
    return draft


def _works_at(actor: Actor) -> tuple[UUID, Domain]:
    """Return the organisation that the actor works for, and its field. Raises NotFound."""
    found = Organisation.objects.filter(ref__in=[actor.organisation]).first()
    if found is None:
        raise NotFound
    return found.ref, Domain(found.domain)


@transaction.atomic
def let_in(actor: Actor, draft: UUID, *, at: datetime) -> LearnedAnswer:
    """Say that nobody is to be known in it: now everybody may read it.

    Writes the LearnedAnswer, destroys the draft and its key, writes one line. Raises NotFound, also
    for a draft of the own organisation, NotAllowed or ItTellsWho.
    """
    found = _to_check(actor, draft, at=at)
    question, answer = open_for_deed(found, "question"), open_for_deed(found, "answer")
    _tells_nobody(question, answer)
    learned = LearnedAnswer.objects.create(
        ref=uuid4(),
        question=question,
        answer=answer,
        stems=" ".join(dict.fromkeys(stems(f"{question} {answer}"))),
        domain=found.domain,
        checked_domain=_works_at(actor)[1],
        shared_on=day_of(at),
    )
    _end(actor, found, at=at)
    return learned


@transaction.atomic
def keep_out(actor: Actor, draft: UUID, *, at: datetime) -> None:
    """Say that somebody might be known in it, or that it is not right: it is destroyed.

    Who wrote it can write it anew. Raises NotFound or NotAllowed.
    """
    _end(actor, _to_check(actor, draft, at=at), at=at)


def _to_check(actor: Actor, draft: UUID, *, at: datetime) -> AnswerDraft:
    AnswerDraft.objects.select_for_update().filter(ref=draft).first()
    rows = AnswerDraft.objects.to_check_by(actor, on=day_of(at)).select_related("folder")
    found = rows.filter(ref=draft).first()
    if found is None:
        raise NotFound
    require(actor, Permission.CONSULT_ANSWER)
    return found


def _end(actor: Actor, draft: AnswerDraft, *, at: datetime) -> None:
    draft.delete()
    erase_folder(as_function(actor), draft.folder, at=at)


def erase_due(*, at: datetime) -> int:
    """Destroy the drafts that waited too long; how many. Called each minute.

    Each in a transaction of its own: the heads of many folders are never held at once.
    """
    due = AnswerDraft.objects.filter(erase_on__lte=day_of(at)).order_by("pk")
    return sum(_erase(ref, at=at) for ref in list(due.values_list("ref", flat=True)))


@transaction.atomic
def _erase(ref: UUID, *, at: datetime) -> bool:
    """Destroy one draft; False when somebody did so before."""
    draft = AnswerDraft.objects.select_for_update().filter(ref=ref).first()
    if draft is None:
        return False
    _end(VISITOR, draft, at=at)
    return True


@transaction.atomic
def report(actor: Actor, answer: UUID, *, at: datetime) -> None:
    """Say that one recognises somebody in a learned answer: nobody reads it until it was looked at.

    What somebody looked at before and let stand, keeps standing while it is looked at again. Who
    says so is kept nowhere: one line of nobody in the house's ledger. Raises NotFound.
    """
    rows = LearnedAnswer.objects.visible_to(actor, on=day_of(at)).standing()
    if not rows.filter(ref=answer).update(reported_at=at):
        raise NotFound
    _note(VISITOR, Deed.CHANGED, answer, at=at)


@transaction.atomic
def let_stand(actor: Actor, answer: UUID, *, at: datetime) -> None:
    """Say that nobody is to be known in what a reader reported: everybody reads it again.

    Writes one line in the house's ledger. Raises NotFound.
    """
    found = _to_decide(actor, answer, at=at)
    LearnedAnswer.objects.filter(pk=found.pk).update(looked_at=at)
    _note(actor, Deed.CHANGED, answer, at=at)


@transaction.atomic
def take_out(actor: Actor, answer: UUID, *, at: datetime) -> None:
    """Destroy what a reader reported, with all that was counted of it.

    Writes one line in the house's ledger. Raises NotFound.
    """
    _to_decide(actor, answer, at=at).delete()
    _note(actor, Deed.REMOVED, answer, at=at)


def _to_decide(actor: Actor, answer: UUID, *, at: datetime) -> LearnedAnswer:
    """Return a reported answer for who decides about it. Raises NotFound."""
    if not may_decide(actor):
        raise NotFound
    LearnedAnswer.objects.select_for_update().filter(ref=answer).first()
    rows = LearnedAnswer.objects.visible_to(actor, on=day_of(at)).to_decide()
    found = rows.filter(ref=answer).first()
    if found is None:
        raise NotFound
    return found


def _note(actor: Actor, deed: Deed, answer: UUID, *, at: datetime) -> None:
    note(as_function(actor), deed, folders=[house_folder(at=at).pk], at=at, on=[answer])


@transaction.atomic
def came_back(actor: Actor, answer: UUID, *, place: int, at: datetime) -> None:
    """Count that this question came back at a place: a number, and nothing of who says so.

    Writes one Returning and no line. Raises NotFound or NotAllowed.
    """
    standing = LearnedAnswer.objects.visible_to(actor, on=day_of(at)).standing()
    learned = standing.filter(ref=answer).first()
    where = Vindplaats.objects.filter(pk=place).first()
    if learned is None or where is None:
        raise NotFound
    require(actor, Permission.CONSULT_ANSWER)
    month = first_of_month(day_of(at))
    row, _made = Returning.objects.get_or_create(answer=learned, place=where, month=month)
    Returning.objects.filter(pk=row.pk).update(times=F("times") + 1)
