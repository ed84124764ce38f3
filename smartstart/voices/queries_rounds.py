"""Which round and which text belong to an interview: small questions that many pages begin with."""

from __future__ import annotations

from datetime import date

from smartstart.access.actor import Actor
from smartstart.base.refusals import NotFound
from smartstart.voices.models import CodingRound, Interview, Transcript
from smartstart.voices.refusals import TextIsNotChecked, ThereIsNoText


def transcript_of(actor: Actor, interview_id: int, *, on: date) -> int:
    """Return the id of the text of an interview. One query. Raises NotFound."""
    visible = Transcript.objects.visible_to(actor, on=on).filter(interview=interview_id)
    found = visible.values_list("pk", flat=True).first()
    if found is None:
        raise NotFound
    return found


def round_of(actor: Actor, interview_id: int, *, on: date) -> CodingRound | None:
    """Return the last round of a text that may be coded, None before the first. Two queries.

    Raises NotFound, ThereIsNoText or TextIsNotChecked: who works here reads what to do first.
    """
    visible = CodingRound.objects.visible_to(actor, on=on).order_by("-opened_at", "-id")
    found = visible.filter(transcript__interview=interview_id).first()
    if found is None:
        _need_checked_text(actor, interview_id, on=on)
    return found


def _need_checked_text(actor: Actor, interview_id: int, *, on: date) -> None:
    """Raise what keeps this text from being coded. Two queries, one when nothing does."""
    texts = Transcript.objects.visible_to(actor, on=on).filter(interview=interview_id)
    checked = list(texts.values_list("checked_at", flat=True))
    if not checked:
        Interview.objects.visible_to(actor, on=on).filter(withdrawn_on=None).one(interview_id)
        raise ThereIsNoText
    if checked == [None]:
        raise TextIsNotChecked


def was_taken_back(actor: Actor, interview_id: int, *, on: date) -> bool:
    """Whether only a tombstone of this interview is left for this actor. One query."""
    visible = Interview.objects.visible_to(actor, on=on)
    return visible.filter(pk=interview_id, withdrawn_on__isnull=False).exists()
