"""What somebody at the server's own screen does in this room, always in somebody's name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import TWO_FACTORS, Actor
from smartstart.access.operations import house_folder
from smartstart.access.permissions import Role
from smartstart.base.refusals import NotFound, Refusal
from smartstart.people import example
from smartstart.people.models import Hat
from smartstart.people.queries import actor_of
from smartstart.programme.models import Pilot
from smartstart.voices import keeping, operations, operations_text, transcripts
from smartstart.voices.models import Interview, Pseudonym, Transcript
from smartstart.voices.states import Layer, ProposalState


class SayInWhoseName(Refusal):
    """No name given, and more than one project leader."""

    sentence = _("Say in whose name: --as NAME.")


class PasswordDoesNotFit(Refusal):
    """Acting in somebody's name without their password."""

    sentence = _("This password does not fit. Set SMARTSTART_PASSWORD, or type it when asked.")


def pilot_called(slug: str) -> Pilot:
    """Return a pilot by the name in its address. Raises NotFound."""
    pilot = Pilot.objects.filter(slug=slug).first()
    if pilot is None:
        raise NotFound
    return pilot


def needs_password() -> bool:
    """Whether acting in somebody's name asks their password: always, but for invented people."""
    return not example.is_marked()


def acting(pilot: Pilot, username: str, *, password: str | None, on: date, at: datetime) -> Actor:
    """Return who acts: the one named, else the only project leader of the pilot.

    The screen of the server is the second key; the password is the first, so that who runs the
    server reads nobody's story. Raises NotFound, SayInWhoseName or PasswordDoesNotFit.
    """
    hats = Hat.objects.worn_on(on).filter(within=pilot.ref).select_related("account")
    leaders = hats.filter(role=Role.PROJECT_LEADER.value)
    chosen = list(hats.filter(account__username=username.lower()) if username else leaders)
    if not chosen:
        raise NotFound
    if len(chosen) > 1 and not username:
        raise SayInWhoseName
    hat = chosen[0]
    if needs_password() and not hat.account.check_password(password or ""):
        raise PasswordDoesNotFit
    house = house_folder(at=at).pk
    return actor_of(hat.account, hat, assurance=TWO_FACTORS, house_folder=house)


def hats_called(pilot: Pilot, names: Sequence[str], *, on: date) -> list[UUID]:
    """Return the hats in this pilot of these user names, in that order. Raises NotFound."""
    worn = Hat.objects.worn_on(on).filter(within=pilot.ref)
    found = dict(worn.values_list("account__username", "ref"))
    if not set(names) <= found.keys():
        raise NotFound
    return [found[name] for name in names]


def interview_numbered(actor: Actor, pilot: Pilot, number: int, *, on: date) -> Interview:
    """Return an interview of a pilot by its number. Raises NotFound."""
    visible = Interview.objects.visible_to(actor, on=on).filter(pilot=pilot, number=number)
    found = visible.first()
    if found is None:
        raise NotFound
    return found


def transcript_numbered(actor: Actor, pilot: Pilot, number: int, *, on: date) -> Transcript:
    """Return the text of an interview by its number. Raises NotFound."""
    visible = Transcript.objects.visible_to(actor, on=on)
    found = visible.filter(interview__pilot=pilot, interview__number=number).first()
    if found is None:
        raise NotFound
    return found


def waiting_pseudonyms(actor: Actor, transcript: Transcript, *, on: date) -> list[UUID]:
    """Return the proposals that nobody decided yet, in the order of the text."""
    rows = Pseudonym.objects.visible_to(actor, on=on).filter(transcript=transcript)
    waiting = rows.filter(state=ProposalState.PROPOSED).order_by("start")
    return list(waiting.values_list("ref", flat=True))


def kept_too_long(*, on: date) -> int:
    """Return how many stories are still here after their last day."""
    return Interview.objects.kept_too_long(on=on).count()


def import_file(
    actor: Actor,
    pilot: Pilot,
    *,
    content: bytes,
    called: str,
    described: str,
    layers: Sequence[Layer],
    keep_until: date,
    on: date,
    at: datetime,
) -> Transcript:
    """Plan, write down the consent and import; names are looked for by a task, or by the caller.

    File and last day are looked at first, and plan, consent and text are one: what is refused, or
    stopped half way, leaves nothing behind. Raises what those raise.
    """
    text = transcripts.read_transcript(content, called)
    last = keeping.last_day(on, first_yes=on)
    keeping.require_day_to_keep(keep_until, last=last, today=on)
    with transaction.atomic():
        interview = operations.plan_interview(
            actor, pilot.pk, with_whom="", described=described, planned_on=on, at=at
        )
        operations.give_consent(actor, interview.pk, layers=layers, keep_until=keep_until, at=at)
        return operations_text.store_transcript(actor, interview.pk, text, content=content, at=at)
