"""What no bulk update, import or typed SQL can do: each guard of the circle refuses its deed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from smartstart.access.models import FolderKind, Holds
from smartstart.access.operations import open_folder
from smartstart.base import guards
from smartstart.circle import operations_withheld as apart
from smartstart.circle.guards import ENDS, GUARDS, HANGS_ON, KEPT, STAYS
from smartstart.circle.models import (
    Action,
    Address,
    Agreement,
    Attached,
    Attachment,
    Authority,
    Basis,
    Beforehand,
    ConsentAnswer,
    Entry,
    Family,
    Ground,
    Heard,
    Leaving,
    Meeting,
    Member,
    OwnSide,
    Part,
    Question,
    QuestionStep,
    Reply,
    Restriction,
    RightsRequest,
    Said,
    Seat,
    SeatCode,
    Strain,
    Withheld,
    WithheldStep,
)
from smartstart.circle.states import GroundKind
from tests.circle.kin import Kin, kin

Deed = Callable[[], object]
NO_GUARD = "nothing refused it"


def test_the_guards_stand_after_all_migrations(db: None) -> None:
    assert guards.missing(connection, GUARDS) == set()


def test_every_row_in_a_folder_stays_there() -> None:
    """A new kind of row says here whether it can leave its folder; an entry goes apart."""
    held = {
        model._meta.model_name
        for model in apps.get_app_config("circle").get_models()
        if issubclass(model, Holds)
    }
    assert held == {*STAYS, "entry"} - {"ground"}


@pytest.fixture
def home(db: None, now: datetime) -> Kin:
    """One of each, beside what the family of ``kin`` has."""
    home = kin(now)
    for name in ("fatima", "wil"):
        home.ground(name, "here noor", GroundKind.SEAT)
        home.seat(name, "here noor", called=name.title())
    folder, anouk = home.parts["here noor"].folder, home.person("anouk")
    written = {"folder": folder, "author": anouk, "written_at": now}
    entry = home.entry("here noor", "Ze slaapt slecht")
    OwnSide.objects.create(entry=entry, **written)
    question = home.question("here noor", "Slapen", holder="fatima")
    home.ground("daan", "here noor", GroundKind.QUESTION, question=question)
    home.reply(question, "Ja", by="fatima")
    QuestionStep.objects.create(folder=folder, question=question, kind="asked", by=anouk, at=now)
    Attached.objects.create(question=question, entry=entry)
    agreement = Agreement.objects.create(
        folder=folder, made_by=anouk, made_at=now, review_on=home.today
    )
    Action.objects.create(folder=folder, agreement=agreement, responsible=anouk, due_on=home.today)
    ends = now + timedelta(hours=1)
    led = {"chair": anouk, "made_by": anouk}
    meeting = Meeting.objects.create(folder=folder, starts_at=now, ends_at=ends, **led)
    Beforehand.objects.create(folder=folder, meeting=meeting, by=anouk, comes=True, said_at=now)
    seat = Seat.objects.get(who=home.receiver("fatima"))
    Strain.objects.create(folder=folder, seat=seat, by=anouk, drawn_at=now)
    SeatCode.objects.create(seat=seat, number="AAAAAA", hash="x", made_at=now, until=ends)
    Address.objects.create(circle=home.circles["here"], folder=_folder(now))
    Said.objects.create(folder=_folder(now), by=anouk, to=home.receiver("fatima"), said_at=now)
    _heard(home)
    Attachment.objects.create(
        folder=folder, entry=entry, kind="pdf", size_bytes=1, author=anouk, added_at=now
    )
    _asked(home)
    Leaving.objects.create(
        folder=folder,
        circle=home.circles["here"],
        member=home.members["anouk"],
        question=question,
        asked_at=now,
    )
    apart.write_withheld(
        home.actor("fatima"),
        home.parts["here noor"].ref,
        words="x",
        why="y",
        other=home.receiver("wil"),
        at=now,
    )
    return home


def _asked(home: Kin) -> None:
    """A right that was asked, and the folder that rests by it."""
    now, folder = home.at, home.parts["here noor"].folder
    request = RightsRequest.objects.create(
        folder=_folder(now), kind="access", asked_on=home.today, answer_by=home.in_days(30)
    )
    Restriction.objects.create(folder=folder, request=request, begun_at=now)


def _heard(home: Kin) -> None:
    Heard.objects.create(
        folder=_folder(home.at),
        circle=home.circles["here"],
        by=home.person("anouk"),
        month=home.today.replace(day=1),
        said_at=home.at,
    )


def _folder(at: datetime) -> Any:
    return open_folder(FolderKind.PERSON, at=at)


def typed(statement: str, *values: Any) -> None:
    """What somebody types in the store itself."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def again(row: Any, **changed: Any) -> None:
    """Put in a row like this one, but for what is changed."""
    values = {
        part.attname: getattr(row, part.attname)
        for part in row._meta.concrete_fields
        if not part.primary_key and part.name != "ref"
    }
    row._meta.model._base_manager.create(**values | changed)


def model_of(name: str) -> type[models.Model]:
    return apps.get_model("circle", name)


def in_general(home: Kin) -> dict[str, Deed]:
    """What is tried on every table: another folder, back from an end, away."""
    other = home.parts["there household"].folder_id
    tries: dict[str, Deed] = {}
    for name in STAYS:
        move = f"UPDATE circle_{name} SET folder_id = %s"  # noqa: S608 - our own names
        tries[f"circle_{name}_stays"] = partial(typed, move, other)
    for name in HANGS_ON:
        row = model_of(name)._base_manager.order_by("id").first()
        tries[f"circle_{name}_lies_there"] = partial(again, row, folder_id=other)
    for name in ENDS:
        tries[f"circle_{name}_ended_stays"] = partial(_back, model_of(name), home.at)
    for name in KEPT:
        tries[f"circle_{name}_is_kept"] = partial(typed, f"DELETE FROM circle_{name}")  # noqa: S608
    return tries


def _back(model: type[models.Model], at: datetime) -> None:
    row = model._base_manager.order_by("id").first()
    assert row is not None, model
    mine = model._base_manager.filter(pk=row.pk)
    if model is ConsentAnswer:
        Ground.objects.filter(answers__in=mine).update(state="withdrawn")
    mine.update(ended_at=at)
    mine.update(ended_at=None)


def of_grounds(home: Kin) -> dict[str, Deed]:
    seat = Ground.objects.get(receiver=home.receiver("fatima"), kind="seat")
    law = Ground.objects.filter(kind="authority").first()
    on_question = Ground.objects.get(kind="question")
    assert law is not None
    address = Address.objects.get().folder_id
    one, own = Ground.objects.filter(pk=seat.pk), Ground.objects.filter(pk=law.pk)
    answers = ConsentAnswer.objects.filter(ground=seat)
    kept = Ground.objects.filter(folder=Withheld.objects.get().folder)

    def opened_after_no() -> None:
        one.update(state="refused")
        answers.update(answer="no")
        one.update(state="granted")

    def back_by_law() -> None:
        own.update(state="withdrawn")
        own.update(state="granted")

    return {
        "circle_ground_begins_closed": partial(again, seat),
        "circle_ground_opens_by_yes": opened_after_no,
        "circle_ground_by_law_ended_stays": back_by_law,
        "circle_ground_lasts_no_longer": lambda: on_question_longer(on_question),
        "circle_ground_fits": partial(again, law, folder_id=address),
        "circle_ground_fits_still": lambda: kept.update(receiver=home.person("anouk")),
        "circle_ground_lies_with_its_question": partial(
            again, on_question, state="asked", folder_id=home.parts["here household"].folder_id
        ),
        "circle_no_beside_an_open_ground": lambda: ConsentAnswer.objects.create(
            ground=seat, person=home.person("dennis"), answer="no"
        ),
        "circle_yes_goes_after_its_ground": lambda: answers.update(answer="withdrawn"),
    }


def on_question_longer(ground: Ground) -> None:
    mine = Ground.objects.filter(pk=ground.pk)
    mine.update(last_day=ground.from_day + timedelta(days=3))
    mine.update(last_day=ground.from_day + timedelta(days=4))


def of_homes(home: Kin) -> dict[str, Deed]:
    here, part = home.circles["here"], home.parts["here noor"]
    stranger = Family.objects.create()
    address = Address.objects.get()
    entry = Entry.objects.filter(folder=part.folder).first()
    assert entry is not None
    elsewhere = home.parts["here household"].folder_id
    question = home.question("there household", "Elders", holder="fatima")
    code = SeatCode.objects.all()

    def twice() -> None:
        code.update(used_at=home.at)
        code.update(used_at=None)

    return {
        "circle_part_of_one_family": lambda: Part.objects.create(
            folder=_folder(home.at), family=stranger, circle=here
        ),
        "circle_part_stays_of_one": lambda: Part.objects.filter(pk=part.pk).update(
            member=Member.objects.create(family=stranger, person=stranger.ref, is_child=True)
        ),
        "circle_member_stays_in_family": lambda: Member.objects.update(family=stranger),
        "circle_address_is_no_part": partial(
            again, address, circle_id=home.circles["there"].pk, folder_id=part.folder_id
        ),
        "circle_seat_stays_whose_it_is": lambda: Seat.objects.update(who=home.receiver("peer")),
        "circle_code_is_used_once": twice,
        "circle_attached_lies_there": lambda: Attached.objects.create(
            question=question, entry=entry
        ),
        "circle_attachment_lies_there": partial(
            again, Attachment.objects.get(), folder_id=elsewhere
        ),
        "circle_attached_stays": lambda: Attached.objects.update(question=question),
        "circle_entry_stays_or_goes_apart": lambda: Entry.objects.filter(pk=entry.pk).update(
            folder=elsewhere
        ),
        "circle_entry_corrects_its_own": partial(
            again, entry, folder_id=elsewhere, corrects_id=entry.pk
        ),
    }


def of_two(home: Kin) -> dict[str, Deed]:
    withheld, question = Withheld.objects.all(), Question.objects.all()
    anouk = home.person("anouk")

    def back() -> None:
        withheld.update(state="dropped")
        withheld.update(state="kept", said_by=home.receiver("wil"))

    def again_open() -> None:
        question.update(holder=home.receiver("daan"), version=2)
        question.update(state="answered", version=3)
        question.update(holder=home.receiver("fatima"))

    return {
        "circle_question_changes_by_steps": again_open,
        "circle_withheld_by_two": lambda: withheld.update(state="kept"),
        "circle_withheld_passes_to_who_was_asked": lambda: withheld.update(second=anouk),
        "circle_withheld_is_proposed_first": partial(
            again, withheld.get(), state="kept", entry_id=home.entry("here noor", "y").pk
        ),
        "circle_withheld_ends_once": back,
    }


def refused_by(deed: Deed) -> str:
    """Return with which words the store refused, and undo what was tried."""
    try:
        with transaction.atomic():
            deed()
            transaction.set_rollback(True)
    except IntegrityError as error:
        return str(error)
    return NO_GUARD


def test_each_guard_refuses_its_deed(home: Kin) -> None:
    tries = in_general(home) | of_grounds(home) | of_homes(home) | of_two(home)
    says = {guard.name: guard.says for guard in GUARDS}

    assert set(tries) == set(says)
    told = {name: refused_by(deed) for name, deed in tries.items()}
    assert {name: said for name, said in told.items() if says[name] not in said} == {}


def test_what_the_guards_let_through_is_what_the_operations_do(home: Kin) -> None:
    """A yes said anew opens; a second is replaced by who was asked; an entry comes back."""
    seat = Ground.objects.filter(receiver=home.receiver("fatima"), kind="seat")
    answers = ConsentAnswer.objects.filter(ground__in=seat)
    seat.update(state="withdrawn")
    answers.update(answer="withdrawn")
    answers.update(answer="yes")
    seat.update(state="granted")
    withheld = Withheld.objects.all()
    withheld.update(third=home.receiver("daan"), leaves=home.receiver("wil"))
    withheld.update(second=home.receiver("daan"), third=None, leaves=None)
    kept = Entry.objects.filter(withheld__isnull=False)
    kept.update(folder=home.parts["here noor"].folder)

    assert seat.get().state == "granted"
    assert Basis.objects.exists()
    assert Authority.objects.exists()
    assert WithheldStep.objects.count() == 1
    assert Reply.objects.count() == 1
