"""The codebook of a pilot: add a code, name it otherwise, let one go into another.

A code that a coder makes during a blind round stays with its maker until everyone of that round is
ready (decision 0011). Then it is everybody's, and two of one name become one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.once import first_made
from smartstart.base.refusals import NotFound
from smartstart.programme.models import Pilot
from smartstart.voices.models import Code, Coding, CodingRound, RoundCoder
from smartstart.voices.refusals import CodeCannotGoThere, CodeNameIsTaken


@transaction.atomic
def add_code(
    actor: Actor,
    pilot_id: int,
    *,
    name: str,
    description: str = "",
    parent: UUID | None = None,
    at: datetime,
    ref: UUID | None = None,
) -> Code:
    """Add a code to the codebook of a pilot; the same ``ref`` again gives what is there.

    Made by somebody who codes blind, it hides in that round. Raises NotFound, NotAllowed,
    SentBefore or CodeNameIsTaken.
    """
    pilot = Pilot.objects.worked_on_by(actor, on=day_of(at)).one(pilot_id, lock=True)
    require(actor, Permission.VOICE_CODE, within=pilot.ref)
    name = _on_one_line(name)
    made = first_made(Code.objects, ref, pilot_id=pilot.pk, name=name)
    if made is not None:
        return made
    codes = Code.objects.filter(pilot=pilot)
    known = codes.visible_to(actor, on=day_of(at)).in_use()
    _free_name(name, known)
    above = known.filter(ref=parent).first() if parent else None
    if parent and above is None:
        raise NotFound
    hides = _blind_round(actor, pilot)
    code = Code.objects.create(
        ref=ref or uuid4(),
        pilot=pilot,
        number=_own_number(pilot.pk, actor) if hides else _number_of_all(pilot.pk),
        name=name,
        description=description.strip(),
        parent=above,
        made_at=at,
        made_by=actor.hat,
        hidden_in=hides,
    )
    if hides is None:
        _make_room(code)
    note(actor, Deed.MADE, folders=[pilot.folder_id], at=at, on=[code.ref])
    return code


@transaction.atomic
def rename_code(actor: Actor, ref: UUID, *, name: str, description: str = "", at: datetime) -> Code:
    """Give a code another name and description. Raises NotFound, NotAllowed or CodeNameIsTaken."""
    code = _code(actor, ref, at=at)
    known = Code.objects.filter(pilot=code.pilot).visible_to(actor, on=day_of(at)).in_use()
    name = _on_one_line(name)
    _free_name(name, known.exclude(pk=code.pk))
    code.name, code.description = name, description.strip()
    code.save(update_fields=["name", "description"])
    note(actor, Deed.CHANGED, folders=[code.pilot.folder_id], at=at, on=[code.ref])
    return code


@transaction.atomic
def merge_codes(actor: Actor, ref: UUID, *, into: UUID, at: datetime) -> Code:
    """Let one code go into another. Codings keep what the coder chose and count for the other.

    Raises NotFound, NotAllowed or CodeCannotGoThere.
    """
    code, target = _code(actor, ref, at=at), _code(actor, into, at=at)
    if code == target or code.pilot_id != target.pilot_id or target.parent_id == code.pk:
        raise CodeCannotGoThere
    if target.hidden_in_id is not None and code.hidden_in_id is None:
        raise CodeCannotGoThere
    _move(code, target)
    code.save(update_fields=["merged_into"])
    note(actor, Deed.CHANGED, folders=[code.pilot.folder_id], at=at, on=[code.ref, target.ref])
    return target


# For the other operations of this room ------------------------------------------------------------


def codes_in_use(round_: CodingRound, refs: Iterable[UUID], *, by: UUID) -> set[int]:
    """Return the codes with these references that this coder may use in this round.

    Raises NotFound for any other: the slow way of saying what ``hot`` says.
    """
    wanted = set(refs)
    offered = Code.objects.filter(pilot=round_.transcript.interview.pilot_id).in_use()
    mine = Q(made_by=by) if round_.is_blind else Q(pk__in=())
    found = offered.filter(Q(hidden_in=None) | mine, ref__in=wanted).values_list("id", flat=True)
    if len(found) != len(wanted):
        raise NotFound
    return set(found)


def show_codes_of(rounds: Iterable[CodingRound], pilot: Pilot) -> list[UUID]:
    """Make the codes that were hidden in these rounds, or used there, everybody's; which.

    One that has the name of a code that all know goes into that one. Holds the pilot: names.
    """
    rounds = list(rounds)
    _hold_names(pilot.pk)  # before looking: a code that is being made now hides in a round
    used = Coding.objects.filter(round__in=rounds).values("code_id", "code__merged_into_id")
    ids = {id_ for row in used for id_ in row.values() if id_ is not None}
    hidden = Code.objects.filter(Q(hidden_in__in=rounds) | Q(pk__in=ids), hidden_in__isnull=False)
    codes = list(hidden.order_by("id"))
    for code in codes:
        _show(code)
    return [code.ref for code in codes]


# Parts ----------------------------------------------------------------------------------------


def _show(code: Code) -> None:
    """Make one hidden code everybody's, or let it go into the one that has its name already."""
    known = Code.objects.filter(pilot=code.pilot_id, hidden_in=None).in_use()
    same = known.filter(name__iexact=code.name).first() if code.merged_into_id is None else None
    fields = ["hidden_in", "number"]
    code.number, code.hidden_in = _number_of_all(code.pilot_id), None
    if same is not None:
        _move(code, same)
        fields.append("merged_into")  # only then: one before it may have taken this one along
    code.save(update_fields=fields)
    _make_room(code)


def _own_number(pilot_id: int, actor: Actor) -> int:
    """Return the next number for a code that hides: it tells nothing of what others hide."""
    known = Code.objects.filter(Q(hidden_in=None) | Q(made_by=actor.hat), pilot=pilot_id)
    return _after(known)


def _number_of_all(pilot_id: int) -> int:
    """Return the next number for a code that all know."""
    return _after(Code.objects.filter(pilot=pilot_id, hidden_in=None))


def _make_room(code: Code) -> None:
    """Let every hidden code stand after this one, that all know: nobody sees one number twice."""
    hidden = Code.objects.filter(pilot=code.pilot_id, hidden_in__isnull=False)
    for other in hidden.filter(number__gte=code.number).order_by("-number"):
        Code.objects.filter(pk=other.pk).update(number=other.number + 1)


def _after(codes: QuerySet[Code]) -> int:
    return (codes.aggregate(last=Max("number"))["last"] or 0) + 1


def _move(code: Code, target: Code) -> None:
    """Let a code, with what went into it and what stands under it, go into another (not saved)."""
    Code.objects.filter(merged_into=code).update(merged_into=target)
    code.children.update(parent=target)
    code.merged_into = target


def _blind_round(actor: Actor, pilot: Pilot) -> CodingRound | None:
    """Return the newest blind round with two in which this actor codes and not all are ready."""
    if actor.hat is None:
        return None
    mine = RoundCoder.objects.filter(coder=actor.hat).values("round")
    blind = CodingRound.objects.filter(
        pk__in=mine,
        is_blind=True,
        everyone_ready_at=None,
        transcript__interview__pilot=pilot,
        transcript__interview__withdrawn_on=None,
    )
    with_two = blind.annotate(number=Count("coders")).filter(number__gt=1)
    return with_two.order_by("-opened_at", "-id").first()


def _hold_names(pilot_id: int) -> None:
    """Let nobody else change this codebook until the transaction ends; after any interview.

    Rows that point at the pilot may be made meanwhile: who waits here can hold their thread.
    """
    Pilot.objects.select_for_update(of=("self",), no_key=True).get(pk=pilot_id)


def _on_one_line(name: str) -> str:
    """Return a name with single blanks, as a file keeps it: there two names stay two."""
    return " ".join(name.split())


def _free_name(name: str, others: object) -> None:
    taken = others.filter(name__iexact=name).exists()  # type: ignore[attr-defined]
    if not name or taken:
        raise CodeNameIsTaken


def _code(actor: Actor, ref: UUID, *, at: datetime) -> Code:
    """Return a code, the codebook it stands in held."""
    visible = Code.objects.visible_to(actor, on=day_of(at)).in_use().select_related("pilot")
    found = visible.filter(ref=ref).first()
    if found is None:
        raise NotFound
    require(actor, Permission.VOICE_CODE, within=found.pilot.ref)
    _hold_names(found.pilot_id)
    return visible.one(found.pk)
