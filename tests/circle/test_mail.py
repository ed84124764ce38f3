"""A mail says that something waits, once a day, and its link lives no longer than the ground."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from smartstart.base import clock
from smartstart.circle.operations_questions import answer
from smartstart.circle.queries_mail import waits_for
from smartstart.circle.states import GroundState
from smartstart.jobs.mail import send_mail
from smartstart.post.models import Mail, Mailbox
from tests.circle.asking import Asking, asking
from tests.circle.kin import enter_kin
from tests.post.boxes import opened
from tests.post.test_operations import MailServer, server
from tests.web.test_thread import words_of

__all__ = ["server"]  # a fixture
pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # a Monday, eight o'clock here
WORDS = ("Noor", "Anouk", "Fatima", "Slapen", "slaapt", "klas", "Plek school", "Karin", "gezin")


@pytest.fixture
def home(now: datetime) -> Iterator[Asking]:
    """Fatima and Anouk want mail; it is Friday morning."""
    with clock.fixed(now):
        made = asking(now)
        for name in ("fatima", "anouk"):
            opened(made.actor(name), f"{name}@plaats.example", at=now)
        yield made


def links(server: MailServer) -> list[str]:
    found = [mail.get_content().split("http://localhost:8000")[1] for mail in server.mails]
    return [one.split()[0] for one in found]


def get(home: Asking, name: str, address: str, *, at: datetime = MORNING) -> Any:
    with clock.fixed(at):
        return enter_kin(home.kin, name).get(address)


def test_one_mail_in_the_morning_that_counts_and_says_nothing(
    home: Asking, server: MailServer
) -> None:
    asked = [home.ask() for _ in range(2)]
    assert send_mail(at=home.at) == 0
    assert send_mail(at=MORNING - timedelta(minutes=1)) == 0
    assert send_mail(at=MORNING) == 1

    (mail,) = server.mails
    assert (mail["To"], mail["From"]) == (
        "fatima@plaats.example",
        "Mijn plek <smartstart@localhost>",
    )
    assert mail["Subject"] == "Er wacht een vraag op je"
    assert "Er wachten 2 vragen op je." in mail.get_content()
    assert [word for word in WORDS if word.encode() in server.took[0].split(b"Subject")[1]] == []

    tuesday = MORNING + timedelta(days=1)
    assert send_mail(at=tuesday) == 0, "no news, no mail"
    answer(home.actor("fatima"), asked[0].ref, words="Om acht uur.", at=tuesday)
    assert send_mail(at=tuesday + timedelta(days=1)) == 1
    assert server.mails[1]["To"] == "anouk@plaats.example"
    assert server.mails[1]["Subject"] == "Er wacht iets op je"
    assert "Er wacht één ding op je, op jouw plek." in server.mails[1].get_content()


def test_the_link_dies_with_the_ground(home: Asking, server: MailServer) -> None:
    question = home.ask()
    send_mail(at=MORNING)
    (link,) = links(server)

    assert get(home, "fatima", link).headers["Location"] == reverse("circle:today")
    for other in ("karin", "anouk", "willem"):
        assert get(home, other, link).status_code == 404
    home.say(question, "fatima", GroundState.WITHDRAWN)
    dead = get(home, "fatima", link)
    assert dead.status_code == 410
    assert "Dit wacht niet meer op jou" in words_of(dead)
    assert get(home, "fatima", link, at=MORNING + timedelta(days=31)).status_code == 404


def test_what_was_taken_back_before_the_mail_left_is_not_counted(
    home: Asking, server: MailServer, settings: Any
) -> None:
    question = home.ask()
    there, settings.SMTP = settings.SMTP, {}
    send_mail(at=MORNING)
    assert Mail.objects.filter(state=Mail.State.WAITING).count() == 1
    home.say(question, "fatima", GroundState.WITHDRAWN)
    settings.SMTP = there
    assert send_mail(at=MORNING + timedelta(minutes=1)) == 0
    assert (server.took, Mail.objects.count()) == ([], 0)


def test_soon_is_within_minutes_and_never_at_night(home: Asking, server: MailServer) -> None:
    opened(home.actor("fatima"), "f@plaats.example", rhythm=Mailbox.Rhythm.SOON, at=home.at)
    home.ask()
    assert send_mail(at=home.at + timedelta(minutes=10)) == 1
    home.ask()
    assert send_mail(at=home.at.replace(hour=20)) == 0
    assert send_mail(at=home.at.replace(hour=6) + timedelta(days=1)) == 0
    assert send_mail(at=home.at.replace(hour=7) + timedelta(days=1)) == 1


def test_what_waits_is_the_same_as_on_the_pages(home: Asking) -> None:
    question = home.ask()
    mine = {name: waits_for([home.actor(name)], at=home.at) for name in ("fatima", "anouk", "peer")}
    assert {name: set(one.refs) for name, one in mine.items()} == {
        "fatima": {question.ref},
        "anouk": set(),
        "peer": set(),
    }
    assert mine["fatima"].is_work
    later = home.at + timedelta(days=10)  # past the cover, at the coordinator's
    assert waits_for([home.actor("willem")], at=later).refs == {question.ref}


def test_on_and_off_on_one_page(home: Asking) -> None:
    anouk = enter_kin(home.kin, "anouk")
    page = words_of(anouk.get("/mail/"))
    assert "Mail staat aan. anouk@plaats.example" in page
    anouk.post("/mail/off/")
    assert "Mail staat uit." in words_of(anouk.get("/mail/"))
    assert not Mailbox.objects.filter(account=home.account("anouk"), closed_at=None).exists()
    told = {"address": "nieuw@plaats.example", "rhythm": "soon"}
    assert anouk.post("/mail/", told | {"address": "geen adres"}).status_code == 422
    anouk.post("/mail/", told)
    asked = words_of(anouk.get("/mail/"))
    assert "Open de link daarin, dan staat mail aan. nieuw@plaats.example" in asked
