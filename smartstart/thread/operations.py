"""What people do to the thread: write, tie, explain a gap, publish, take back, look again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.once import SentBefore, first_made
from smartstart.base.refusals import NotFound
from smartstart.programme.models import Pilot
from smartstart.thread import rules, walk, words
from smartstart.thread.errors import (
    CannotTieThese,
    GapIsNotExplained,
    NothingIsMissing,
    PilotIsNotPublic,
    RestsOnNothing,
    RestsOnWithdrawn,
    TitleIsMissing,
    WordsAreBorrowed,
)
from smartstart.thread.kinds import NEEDS_BOTH, RANK, Kind, Lack, State
from smartstart.thread.models import (
    THINGS,
    Audience,
    Borrowed,
    GapReason,
    Knot,
    PublishedWords,
    Thing,
    Thread,
    Tie,
)


@dataclass(frozen=True, slots=True)
class Fallen:
    """What a withdrawal did to the thread: how many knots, and the pilots concerned."""

    withdrawn: int
    weakened: int
    pilots: frozenset[int]


# Writing --------------------------------------------------------------------------------------


@transaction.atomic
def write(
    actor: Actor,
    pilot_id: int,
    kind: Kind,
    *,
    title: str,
    form: Mapping[str, object] | None = None,
    rests_on: Sequence[UUID] = (),
    at: datetime,
    ref: UUID | None = None,
) -> Thing:
    """Write an insight, how-might-we, idea, concept, prototype, test or finding, and tie it.

    ``form`` holds the other fields of that kind (``words``, for a concept ``goal``, ...);
    ``rests_on`` the references of the knots below it. The same ``ref`` again gives what is
    there. Raises NotFound, NotAllowed, TitleIsMissing, SentBefore, CannotTieThese or
    RestsOnWithdrawn.
    """
    pilot = _pilot(actor, pilot_id, at)
    require(actor, Permission.THREAD_WRITE, within=pilot.ref)
    fields = dict(form or {})
    if not title.strip() or (kind is Kind.CONCEPT and not str(fields.get("goal", "")).strip()):
        raise TitleIsMissing
    hold_thread(pilot.pk)
    made = _made_before(actor, pilot, kind, ref)
    if made is not None:
        return made
    knot = new_knot(pilot, kind, at=at, ref=ref)
    thing = THINGS[kind](knot=knot, title=title.strip(), made_by=actor.hat, **fields)
    thing.save(force_insert=True)
    for lower in rests_on:
        _tie(_knot(actor, lower, at), knot, at=at)
    _changed(pilot.pk)
    note(actor, Deed.MADE, folders=[pilot.folder_id], at=at, on=[knot.ref])
    return thing


@transaction.atomic
def change(
    actor: Actor, ref: UUID, *, title: str, form: Mapping[str, object], at: datetime
) -> Thing:
    """Change the words of a thing. What was published stays as it is until it is published again.

    Raises NotFound, NotAllowed or TitleIsMissing.
    """
    knot = _knot(actor, ref, at)
    require(actor, Permission.THREAD_WRITE, within=knot.pilot.ref)
    thing = _thing(knot)
    if not title.strip():
        raise TitleIsMissing
    hold_thread(knot.pilot_id)
    if thing.title != title.strip():
        Borrowed.objects.filter(knot=knot).delete()
    thing.title = title.strip()
    for field, value in form.items():
        setattr(thing, field, value)
    thing.save(update_fields=["title", *form])
    _changed(knot.pilot_id)
    note(actor, Deed.CHANGED, folders=[knot.pilot.folder_id], at=at, on=[knot.ref])
    return thing


@transaction.atomic
def tie(actor: Actor, lower: UUID, upper: UUID, *, at: datetime) -> Tie:
    """Let the upper knot rest on the lower one; a second time changes nothing.

    Raises NotFound, NotAllowed, CannotTieThese (not rising, another pilot) or RestsOnWithdrawn.
    """
    low, up = _knot(actor, lower, at), _knot(actor, upper, at)
    require(actor, Permission.THREAD_WRITE, within=up.pilot.ref)
    hold_thread(up.pilot_id)
    low.refresh_from_db(fields=["state"])
    made = _tie(low, up, at=at)
    _changed(up.pilot_id)
    note(actor, Deed.CHANGED, folders=[up.pilot.folder_id], at=at, on=[low.ref, up.ref])
    return made


@transaction.atomic
def untie(actor: Actor, lower: UUID, upper: UUID, *, at: datetime) -> None:
    """Let the upper knot no longer rest on the lower one. It stays weakened until looked at again.

    Raises NotFound or NotAllowed.
    """
    low, up = _knot(actor, lower, at), _knot(actor, upper, at)
    require(actor, Permission.THREAD_WRITE, within=up.pilot.ref)
    hold_thread(up.pilot_id)
    if not Tie.objects.filter(lower=low, upper=up).delete()[0]:
        raise NotFound
    _changed(up.pilot_id)
    note(actor, Deed.CHANGED, folders=[up.pilot.folder_id], at=at, on=[low.ref, up.ref])


@transaction.atomic
def stand_again(actor: Actor, ref: UUID, *, at: datetime) -> Knot:
    """Say that a weakened knot holds without what was withdrawn: somebody looked again.

    Its ties to withdrawn knots go; what it rests on must be standing, and be there. Raises
    NotFound, NotAllowed, RestsOnNothing or RestsOnWithdrawn (something below is weakened).
    """
    knot = _knot(actor, ref, at)
    require(actor, Permission.THREAD_WRITE, within=knot.pilot.ref)
    hold_thread(knot.pilot_id)
    knot.refresh_from_db(fields=["state"])
    ties = Tie.objects.filter(upper=knot)
    if knot.state == State.WITHDRAWN or ties.filter(lower__state=State.WEAKENED).exists():
        raise RestsOnWithdrawn
    ties.filter(lower__state=State.WITHDRAWN).delete()
    if not ties.exists():
        raise RestsOnNothing
    _set(knot, at=at, state=State.STANDING.value)
    note(actor, Deed.CHANGED, folders=[knot.pilot.folder_id], at=at, on=[knot.ref], why="stands")
    return knot


@transaction.atomic
def explain_gap(actor: Actor, ref: UUID, lacks: Lack, *, words: str, at: datetime) -> GapReason:
    """Say why a concept has no voice or no figure below it yet; again replaces the words.

    Raises NotFound, NotAllowed, TitleIsMissing (no words) or NothingIsMissing.
    """
    knot = _knot(actor, ref, at)
    require(actor, Permission.THREAD_WRITE, within=knot.pilot.ref)
    if not words.strip():
        raise TitleIsMissing
    hold_thread(knot.pilot_id)
    if lacks not in _lacks(knot.pilot_id, [knot.pk]).get(knot.pk, frozenset()):
        raise NothingIsMissing
    reason, _ = GapReason.objects.update_or_create(
        knot=knot,
        lacks=lacks.value,
        defaults={"words": words.strip(), "given_at": at, "given_by": actor.hat},
    )
    _changed(knot.pilot_id)
    note(actor, Deed.CHANGED, folders=[knot.pilot.folder_id], at=at, on=[knot.ref], why="gap")
    return reason


# Showing --------------------------------------------------------------------------------------


@transaction.atomic
def open_to_meedenkers(actor: Actor, ref: UUID, *, at: datetime) -> Knot:
    """Let who thinks along know of this knot. Raises NotFound or NotAllowed."""
    knot = _knot(actor, ref, at)
    require(actor, Permission.THREAD_WRITE, within=knot.pilot.ref)
    hold_thread(knot.pilot_id)
    if knot.audience == Audience.TEAM:
        _set(knot, at=at, audience=Audience.MEEDENKERS)
    note(actor, Deed.CHANGED, folders=[knot.pilot.folder_id], at=at, on=[knot.ref], why="audience")
    return knot


@transaction.atomic
def publish(actor: Actor, ref: UUID, *, at: datetime) -> Knot:
    """Show a knot and everything it rests on to everyone, with the words as they are now.

    Raises NotFound, NotAllowed, PilotIsNotPublic, RestsOnWithdrawn, WordsAreBorrowed,
    RestsOnNothing, GapIsNotExplained, or what the owner of the words refuses (a quote that is
    not approved).
    """
    knot = _knot(actor, ref, at)
    require(actor, Permission.THREAD_PUBLISH, within=knot.pilot.ref)
    if not knot.pilot.is_public:
        raise PilotIsNotPublic
    hold_thread(knot.pilot_id)
    shown = list(Knot.objects.filter(pk__in=walk.below([knot.pk])).order_by("rank", "id"))
    gaps = _publishable(knot, shown)
    said = words.for_public(by_kind(shown), on=day_of(at))
    _show(shown, said, gaps, at=at)
    note(actor, Deed.PUBLISHED, folders=[knot.pilot.folder_id], at=at, on=[knot.ref])
    return knot


@transaction.atomic
def take_back(actor: Actor, ref: UUID, *, at: datetime) -> Knot:
    """Show a knot, and all that rests on it, to the team only again.

    Raises NotFound or NotAllowed.
    """
    knot = _knot(actor, ref, at)
    require(actor, Permission.THREAD_PUBLISH, within=knot.pilot.ref)
    hold_thread(knot.pilot_id)
    hidden = walk.above([knot.pk])
    PublishedWords.objects.filter(knot_id__in=hidden).delete()
    Knot.objects.filter(pk__in=hidden).update(audience=Audience.TEAM, changed_at=at)
    _changed(knot.pilot_id)
    pilot = knot.pilot.folder_id
    note(actor, Deed.CHANGED, folders=[pilot], at=at, on=[knot.ref], rules_changed=[pilot])
    return knot


# For the rooms that own knots: inside their transaction, before their own line --------------------


def hold_thread(pilot_id: int) -> Thread:
    """Lock the thread of a pilot until the transaction ends; make it the first time."""
    Thread.objects.get_or_create(pilot_id=pilot_id)
    return Thread.objects.select_for_update(of=("self",)).get(pilot_id=pilot_id)


def new_knot(
    pilot: Pilot,
    kind: Kind,
    *,
    at: datetime,
    source: UUID | None = None,
    ref: UUID | None = None,
) -> Knot:
    """Make a knot for the team, standing. The caller holds the thread."""
    return Knot.objects.create(
        ref=ref or uuid4(),
        pilot=pilot,
        kind=kind.value,
        rank=RANK[kind],
        source=source,
        made_at=at,
        changed_at=at,
    )


def withdraw_knots(knots: Collection[int], *, at: datetime) -> Fallen:
    """Withdraw knots: their published words go, and all that rests on them is weakened.

    Locks the threads of the pilots concerned, then one recursive statement, and the version of
    those threads grows. A thing that said it in the withdrawn words loses them. Who withdraws
    writes the line.
    """
    _hold_threads_of(knots)
    PublishedWords.objects.filter(knot_id__in=knots).delete()
    Borrowed.objects.filter(source_id__in=knots).delete()
    changed = walk.fall(knots, at=at)
    concerned = frozenset(pilot for _, pilot, _ in changed)
    _changed(*concerned)
    withdrawn = sum(state == State.WITHDRAWN for _, _, state in changed)
    return Fallen(withdrawn, len(changed) - withdrawn, concerned)


def rest_on(low: Knot, up: Knot, *, at: datetime) -> Tie:
    """Tie a knot to what it rests on. The caller holds the thread and writes the line.

    Raises CannotTieThese or RestsOnWithdrawn.
    """
    made = _tie(low, up, at=at)
    _changed(up.pilot_id)
    return made


def hide_words(knots: Collection[int]) -> None:
    """Take published words away while the knots themselves keep standing.

    Holds the threads first: who publishes at this moment has read the yes that just ended, and
    what they are writing is not to be seen yet.
    """
    _hold_threads_of(knots)
    found = PublishedWords.objects.filter(knot_id__in=knots)
    concerned = set(found.values_list("knot__pilot_id", flat=True))
    found.delete()
    _changed(*concerned)


def show_words_until(knots: Collection[int], day: date) -> None:
    """Let published words be shown up to and including this day; holds the threads first."""
    _hold_threads_of(knots)
    PublishedWords.objects.filter(knot_id__in=knots).update(until=day)


def show_by(knots: Collection[int], by: str) -> None:
    """Let published words be shown as said by somebody called so; holds the threads first."""
    _hold_threads_of(knots)
    said = PublishedWords.objects.filter(knot_id__in=knots).exclude(by="")
    concerned = set(said.values_list("knot__pilot_id", flat=True))
    said.update(by=by)
    _changed(*concerned)


def by_kind(knots: Collection[Knot]) -> dict[Kind, list[int]]:
    """Return the ids of knots per kind, leaving out what was withdrawn: it has no words."""
    found: dict[Kind, list[int]] = defaultdict(list)
    for knot in knots:
        if knot.state != State.WITHDRAWN:
            found[Kind(knot.kind)].append(knot.pk)
    return found


# Parts ----------------------------------------------------------------------------------------


def _hold_threads_of(knots: Collection[int]) -> None:
    """Lock the threads of these knots, in one order so that nobody waits in a circle."""
    pilots = Knot.objects.filter(pk__in=knots).order_by("pilot_id")
    for pilot_id in pilots.values_list("pilot_id", flat=True).distinct():
        hold_thread(pilot_id)


def _pilot(actor: Actor, pilot_id: int, at: datetime) -> Pilot:
    return Pilot.objects.worked_on_by(actor, on=day_of(at)).one(pilot_id)


def _knot(actor: Actor, ref: UUID, at: datetime) -> Knot:
    visible = Knot.objects.visible_to(actor, on=day_of(at)).select_related("pilot")
    knot = visible.filter(ref=ref).first()
    if knot is None:
        raise NotFound
    return knot


def _made_before(actor: Actor, pilot: Pilot, kind: Kind, ref: UUID | None) -> Thing | None:
    """Return what this person made with this form; None when nobody did. Raises SentBefore."""
    knot = first_made(Knot.objects, ref, pilot_id=pilot.pk, kind=kind.value)
    if knot is None:
        return None
    thing = _thing(knot)
    if thing.made_by != actor.hat:
        raise SentBefore
    return thing


def _thing(knot: Knot) -> Thing:
    model = THINGS.get(Kind(knot.kind))
    found = model._default_manager.filter(knot=knot).first() if model else None
    if found is None:
        raise NotFound
    return found


def _tie(low: Knot, up: Knot, *, at: datetime) -> Tie:
    if low.rank >= up.rank or low.pilot_id != up.pilot_id:
        raise CannotTieThese
    if low.state == State.WITHDRAWN or up.state == State.WITHDRAWN:
        raise RestsOnWithdrawn
    made, _ = Tie.objects.get_or_create(
        lower=low,
        upper=up,
        defaults={"lower_rank": low.rank, "upper_rank": up.rank, "made_at": at},
    )
    if low.state == State.WEAKENED:
        walk.weaken([up.pk], at=at)
    return made


def _publishable(knot: Knot, shown: Sequence[Knot]) -> dict[int, str]:
    """Return the reasons to show per knot. Raises when something below forbids publishing."""
    if any(below.state != State.STANDING for below in shown):
        raise RestsOnWithdrawn
    if Borrowed.objects.filter(knot__in=shown).exists():
        raise WordsAreBorrowed
    needs_ground = RANK[Kind(knot.kind)] > RANK[Kind.EXCERPT]
    if needs_ground and len(shown) == 1:
        raise RestsOnNothing
    lacks = _lacks(knot.pilot_id, [k.pk for k in shown if Kind(k.kind) in NEEDS_BOTH])
    reasons: dict[int, dict[Lack, str]] = defaultdict(dict)
    for reason in GapReason.objects.filter(knot_id__in=lacks):
        reasons[reason.knot_id][Lack(reason.lacks)] = reason.words
    if any(lacking - reasons[id_].keys() for id_, lacking in lacks.items()):
        raise GapIsNotExplained
    return {
        id_: "\n".join(reasons[id_][lack] for lack in sorted(lacking))
        for id_, lacking in lacks.items()
    }


def _lacks(pilot_id: int, knots: Sequence[int]) -> dict[int, frozenset[Lack]]:
    beads = [
        rules.Bead(id_, Kind(kind), State(state), source)
        for id_, kind, state, source in Knot.objects.filter(pilot_id=pilot_id).values_list(
            "id", "kind", "state", "source"
        )
    ]
    ties = Tie.objects.filter(upper__pilot_id=pilot_id).values_list("lower_id", "upper_id")
    found = rules.support(beads, ties)
    return {id_: found[id_].lacks for id_ in knots if found[id_].lacks}


def _show(
    shown: Sequence[Knot], said: Mapping[int, words.Words], gaps: Mapping[int, str], *, at: datetime
) -> None:
    ids = [knot.pk for knot in shown]
    Knot.objects.filter(pk__in=ids).exclude(audience=Audience.PUBLIC).update(
        audience=Audience.PUBLIC, changed_at=at
    )
    PublishedWords.objects.filter(knot_id__in=ids).delete()
    PublishedWords.objects.bulk_create(
        PublishedWords(
            knot_id=id_,
            title=said[id_].title,
            words=said[id_].words,
            by=said[id_].by,
            until=said[id_].until,
            gap=gaps.get(id_, ""),
            form=dict(said[id_].form),
            published_at=at,
        )
        for id_ in ids
        if id_ in said
    )
    _changed(shown[0].pilot_id)


def _set(knot: Knot, *, at: datetime, **changes: str) -> None:
    for field, value in changes.items():
        setattr(knot, field, value)
    knot.changed_at = at
    knot.save(update_fields=[*changes, "changed_at"])
    _changed(knot.pilot_id)


def _changed(*pilots: int) -> None:
    Thread.objects.filter(pilot_id__in=pilots).update(version=F("version") + 1)
