"""Talking together: the family leads, one can say it before, the calendar tells nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from smartstart.access.reading import open_for_deed
from smartstart.base import clock
from smartstart.base.refusals import NotAllowed, NotFound
from smartstart.circle import operations_meetings as meetings
from smartstart.circle.models import Agreement, Beforehand, Entry, Meeting
from smartstart.circle.operations_meetings import FamilyChairs, MeetingIsOver, MomentDoesNotFit
from smartstart.circle.states import EntryKind, GroundKind
from tests.circle.kin import Kin, enter_kin, kin
from tests.web.test_thread import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]
TITLE, PLACE = "Hoe gaat het met slapen", "Bij oma aan tafel"


@pytest.fixture
def home(now: datetime) -> Kin:
    made = kin(now)
    made.ground("fatima", "here noor", GroundKind.SEAT)
    made.seat("fatima", "here noor", called="Fatima")
    made.ground("noor", "here noor", GroundKind.OWN)
    return made


@pytest.fixture
def come(home: Kin) -> Callable[[str], Client]:
    return lambda name: enter_kin(home, name)


def planned(
    home: Kin, by: str = "anouk", chair: str = "noor", part: str = "here noor", **more: Any
) -> Meeting:
    told = {
        "title": TITLE,
        "place": PLACE,
        "chair": home.person(chair),
        "starts_at": home.at + timedelta(days=3),
        "ends_at": home.at + timedelta(days=3, hours=1),
        "at": home.at,
    }
    return meetings.plan_meeting(home.actor(by), home.parts[part].ref, **told | more)


def test_a_child_leads_and_who_reads_along_sees_it(
    home: Kin, come: Callable[[str], Client]
) -> None:
    planned(home, by="fatima")
    for name in ("anouk", "noor", "fatima"):
        page = words_of(come(name).get(reverse("circle:meetings")))
        assert f"{TITLE} Maandag 23 november, 10.00 uur. Noor leidt het gesprek." in page
    for name in ("dennis", "karin", "willem", "ria"):
        assert TITLE not in words_of(come(name).get(reverse("circle:meetings")))


@pytest.mark.parametrize("chair", ["fatima", "dennis", "ria", "willem"])
def test_only_somebody_of_this_home_leads(home: Kin, chair: str) -> None:
    with pytest.raises(FamilyChairs):
        planned(home, chair=chair)


@pytest.mark.parametrize("name", ["anouk", "dennis"])
def test_about_what_two_homes_share_nobody_plans(
    home: Kin, come: Callable[[str], Client], name: str
) -> None:
    """Found by hand: the choice of who leads it told that the other parent had come."""
    there = home.parts["school"].ref
    assert come(name).get(reverse("circle:meeting_plan", args=[there])).status_code == 404
    with pytest.raises(NotFound):
        planned(home, by=name, chair=name, part="school")


def test_a_moment_fits(home: Kin) -> None:
    for starts, ends in ((-1, 2), (2, 2), (3, 2)):
        moments = {
            "starts_at": home.at + timedelta(hours=starts),
            "ends_at": home.at + timedelta(hours=ends),
        }
        with pytest.raises(MomentDoesNotFit):
            planned(home, **moments)


def test_planned_by_form_once(home: Kin, come: Callable[[str], Client]) -> None:
    anouk = come("anouk")
    address = reverse("circle:meeting_plan", args=[home.parts["here noor"].ref])
    page = anouk.get(address)
    form = {
        "title": TITLE,
        "day": "2026-12-01",
        "time": "15:30",
        "minutes": "45",
        "place": PLACE,
        "chair": str(home.person("anouk")),
        "ref": str(page.context["form"]["ref"].value()),
    }
    for _ in range(2):
        sent = anouk.post(address, form)

    made = Meeting.objects.get()
    assert sent.headers["Location"] == reverse("circle:meeting", args=[made.ref])
    assert made.starts_at.isoformat() == "2026-12-01T14:30:00+00:00"
    assert PLACE in words_of(anouk.get(sent.headers["Location"]))
    assert anouk.post(address, form | {"day": "2020-01-01", "ref": ""}).status_code == 422


def test_the_calendar_file_holds_the_moment_and_nothing_else(
    home: Kin, come: Callable[[str], Client]
) -> None:
    made = planned(home)

    answer: Any = come("anouk").get(reverse("circle:meeting_calendar", args=[made.ref]))

    assert answer.content.decode() == "\r\n".join(
        (
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//calendar//NL",
            "BEGIN:VEVENT",
            f"UID:{made.ref.hex}",
            "DTSTAMP:20261120T090000Z",
            "DTSTART:20261123T090000Z",
            "DTEND:20261123T100000Z",
            "SUMMARY:Afspraak",
            "CLASS:PRIVATE",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        )
    )
    assert answer["Content-Disposition"] == "attachment; filename=appointment.ics"


def test_who_cannot_come_says_it_before_and_changes_it(
    home: Kin, come: Callable[[str], Client]
) -> None:
    made, fatima = planned(home), come("fatima")
    one = reverse("circle:meeting", args=[made.ref])
    fatima.post(one, {"comes": "yes", "words": "Tot dan"})
    fatima.post(one, {"comes": "no", "words": "Zij slaapt beter"})

    assert Beforehand.objects.count() == 1
    assert "Fatima komt niet. Zij slaapt beter" in words_of(come("noor").get(one))
    assert fatima.post(one, {"words": "x"}).status_code == 422
    with pytest.raises(MeetingIsOver):
        meetings.say_before(
            home.actor("noor"), made.ref, comes=True, words="", at=home.at + timedelta(days=4)
        )


def test_minutes_become_a_message_of_that_part(home: Kin, come: Callable[[str], Client]) -> None:
    made = planned(home)
    address = reverse("circle:meeting_minutes", args=[made.ref])
    words = "Om acht uur naar bed.\n- De tablet gaat uit\n-\n - Oma leest voor"
    come("fatima").post(address, {"words": words, "ref": ""})

    entry = Entry.objects.get()
    assert (entry.kind, entry.folder) == (EntryKind.MINUTES, made.folder)


def test_a_line_of_the_minutes_is_agreed_on_in_one_tap_by_the_family(
    home: Kin, come: Callable[[str], Client]
) -> None:
    made, fatima, anouk = planned(home), come("fatima"), come("anouk")
    words = "Om acht uur naar bed.\n- De tablet gaat uit\n-\n - Oma leest voor"
    fatima.post(reverse("circle:meeting_minutes", args=[made.ref]), {"words": words, "ref": ""})
    one = reverse("circle:meeting", args=[made.ref])
    agree = [reverse("circle:meeting_agree", args=[made.ref, number]) for number in (0, 1, 2)]

    assert "Dit spreken we af" not in words_of(fatima.get(one))
    assert words_of(anouk.get(one)).count("Dit spreken we af") == 2
    assert [fatima.post(agree[0]).status_code, anouk.post(agree[2]).status_code] == [403, 404]
    for _ in range(2):
        assert anouk.post(agree[1]).headers["Location"] == one
    agreement = Agreement.objects.select_related("folder").get()
    assert open_for_deed(agreement, "goal") == "Oma leest voor"
    assert (agreement.folder, agreement.review_on) == (made.folder, home.in_days(28))
    assert "Oma leest voor Dit is afgesproken." in words_of(fatima.get(one))


def test_called_off_by_who_planned_or_leads_it(home: Kin, come: Callable[[str], Client]) -> None:
    made = planned(home)
    with pytest.raises(NotAllowed):
        meetings.call_off(home.actor("fatima"), made.ref, at=home.at)
    come("noor").post(reverse("circle:meeting_off", args=[made.ref]))

    page = come("anouk").get(reverse("circle:meeting", args=[made.ref]))
    assert "Dit is afgezegd." in words_of(page)
    with pytest.raises(MeetingIsOver):
        meetings.call_off(home.actor("noor"), made.ref, at=home.at)
    ics = come("anouk").get(reverse("circle:meeting_calendar", args=[made.ref])).content
    assert b"STATUS:CANCELLED" in ics


@pytest.mark.parametrize("name", ["dennis", "karin", "willem", "ria", "peer"])
def test_for_others_there_is_no_meeting(
    home: Kin, come: Callable[[str], Client], name: str
) -> None:
    made, client = planned(home), come(name)
    for address in ("meeting", "meeting_calendar", "meeting_minutes"):
        assert client.get(reverse(f"circle:{address}", args=[made.ref])).status_code == 404
    plan = reverse("circle:meeting_plan", args=[home.parts["here noor"].ref])
    assert client.get(plan).status_code == 404
    with pytest.raises(NotFound):
        meetings.say_before(home.actor(name), made.ref, comes=True, words="", at=home.at)


def test_what_is_over_stands_below_so_that_it_can_be_written_down(
    home: Kin, come: Callable[[str], Client]
) -> None:
    """Found by hand: after a meeting no page led to it, so nobody could write what was said."""
    made, off = planned(home), planned(home, title="Toch niet")
    meetings.call_off(home.actor("anouk"), off.ref, at=home.at)
    one = reverse("circle:meeting", args=[made.ref])
    with clock.fixed(home.at + timedelta(days=5)):
        for name in ("anouk", "noor", "fatima"):
            answer = come(name).get(reverse("circle:meetings"))
            assert f"Er staat niets gepland. Wat geweest is {TITLE}" in words_of(answer)
            assert one in answer.content.decode()
            assert "Toch niet" not in words_of(answer)
            assert "Schrijf op wat we zeiden" in words_of(come(name).get(one))
        assert TITLE not in words_of(come("dennis").get(reverse("circle:meetings")))


def test_who_reads_along_finds_the_meetings_from_their_own_page(
    home: Kin, come: Callable[[str], Client]
) -> None:
    """Found by hand: a parent only; who was to come, and a child that leads, saw it nowhere."""
    home.ground("noor", "here household", GroundKind.HOME)
    list_ = reverse("circle:meetings")
    assert f'href="{list_}"' in come("fatima").get(reverse("circle:today")).content.decode()
    assert f'href="{list_}' in come("noor").get(reverse("circle:mine")).content.decode()
    assert f'href="{list_}"' not in come("peer").get(reverse("circle:today")).content.decode()


def test_a_young_person_finds_the_meetings_of_the_home_it_is_in(
    home: Kin, come: Callable[[str], Client]
) -> None:
    """Who looks along in one home reads nothing of the other (decision 0016)."""
    home.ground("noor", "there noor", GroundKind.OWN)
    for one in ("here household", "there household"):
        home.ground("noor", one, GroundKind.HOME)
    home.seat("karin", "there noor", called="Karin")
    planned(home, title="Bij Anouk")
    planned(home, by="dennis", chair="dennis", part="there noor", title="Bij Dennis")
    noor, part = come("noor"), home.parts["here noor"].ref
    found = noor.get(reverse("circle:mine"), {"home": str(part)}).content.decode()
    here = f"{reverse('circle:meetings')}?circle={home.circles['here'].ref}"

    assert f'href="{here}"' in found
    page = words_of(noor.get(here))
    assert "Bij Anouk" in page
    assert "Dennis" not in page


def test_the_next_appointment_on_the_first_page_is_this_one(
    home: Kin, come: Callable[[str], Client]
) -> None:
    """Found by hand: the first page told of a later action, and not of the talk of tomorrow."""
    made = planned(home)
    page = come("anouk").get(reverse("circle:home"))

    assert f"Volgende afspraak 23 nov maandag 23 november 10.00 uur {TITLE}" in words_of(page)
    assert reverse("circle:meeting", args=[made.ref]) in page.content.decode()
    assert TITLE not in words_of(come("dennis").get(reverse("circle:home")))
    meetings.call_off(home.actor("anouk"), made.ref, at=home.at)
    assert TITLE not in words_of(come("anouk").get(reverse("circle:home")))


def test_the_list_leads_to_planning_about_who_one_reads(
    home: Kin, come: Callable[[str], Client]
) -> None:
    address = reverse("circle:meeting_plan", args=[home.parts["here noor"].ref])

    assert address in come("anouk").get(reverse("circle:meetings")).content.decode()
    assert come("anouk").get(address).status_code == 200
    assert address not in come("dennis").get(reverse("circle:meetings")).content.decode()
