"""An address gets nothing but one question until who reads there says that it is theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from smartstart.access.reading import open_for_deed
from smartstart.base import clock
from smartstart.base.keyring import KeyIsGone
from smartstart.base.refusals import NotFound
from smartstart.jobs.mail import send_mail
from smartstart.post import operations
from smartstart.post import operations_sending as sending
from smartstart.post.models import Mail, Mailbox
from tests.cast import Cast
from tests.post.test_operations import WAITS, MailServer, server
from tests.web.test_thread import words_of

__all__ = ["server"]  # a fixture
NIGHT = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)


def link_in(server: MailServer) -> str:
    text = server.mails[-1].get_content()
    return str(text.split("http://localhost:8000")[1].split()[0])


def test_an_address_gets_nothing_but_one_question_until_it_says_yes(
    cast: Cast, enter: Callable[[str], Client], server: MailServer
) -> None:
    nadia = enter("nadia")
    told = {"address": "nadia@plaats.example", "rhythm": "daily"}
    with clock.fixed(NIGHT):
        nadia.post("/mail/", told)
        assert "Open de link daarin, dan staat mail aan." in words_of(nadia.get("/mail/"))
        ref = cast.account("nadia").ref
        assert operations.put_in(ref, WAITS, about=uuid4(), at=NIGHT) is None
        assert operations.mailboxes_to_look_for(at=NIGHT + timedelta(days=1)) == []
        assert sending.send_waiting(at=NIGHT) == 1, "it is asked at once, also in the evening"

        (mail,) = server.mails
        assert mail["Subject"] == "Is dit jouw mailadres?"
        assert [word for word in ("nadia", "Nadia", "@") if word in mail.get_content()] == []
        visitor, link = Client(), link_in(server)
        asked = visitor.get(link)
        assert (asked.status_code, "nadia" in words_of(asked).lower()) == (200, False)
        assert Mailbox.objects.get().confirmed_at is None, "looking uses up nothing"

        for _twice in range(2):
            assert "Mail staat aan." in words_of(visitor.post(link))
        assert "Mail staat aan. nadia@plaats.example" in words_of(nadia.get("/mail/"))

        nadia.post("/mail/", told | {"rhythm": "soon"})
        (box,) = Mailbox.objects.all()
        assert (box.rhythm, box.confirmed_at) == ("soon", NIGHT), "not asked again"


def test_what_is_no_question_of_ours_says_nothing(cast: Cast, server: MailServer) -> None:
    """The same answer to a guess, to another mail, to one that never left, and after a week."""
    operations.open_mailbox(cast.actor("nadia"), "nadia@plaats.example", at=cast.now)
    asked = Mail.objects.get()
    another = Mail.objects.create(
        mailbox=asked.mailbox,
        kind=WAITS,
        about=uuid4(),
        state=Mail.State.SENT,
        made_at=cast.now,
        not_before=cast.now,
    )
    visitor = Client()

    def answers(ref: object, at: datetime) -> list[tuple[int, str]]:
        with clock.fixed(at):
            both = (visitor.get(f"/mail/yes/{ref}/"), visitor.post(f"/mail/yes/{ref}/"))
            return [(one.status_code, words_of(one)) for one in both]

    nothing = answers(uuid4(), cast.now)
    assert [status for status, _ in nothing] == [404, 404]
    assert answers(another.ref, cast.now) == nothing
    assert answers(asked.ref, cast.now) == nothing, "it never left"
    sending.send_waiting(at=cast.now)
    later = cast.now + timedelta(days=7)
    assert answers(asked.ref, later) == answers(uuid4(), later)
    assert Mailbox.objects.get().confirmed_at is None


def test_nobody_is_asked_more_than_thrice_a_day_and_who_says_nothing_is_forgotten(
    cast: Cast, server: MailServer, django_capture_on_commit_callbacks: Any
) -> None:
    for number in range(5):
        operations.open_mailbox(cast.actor("nadia"), f"n{number}@elders.example", at=cast.now)
        sending.send_waiting(at=cast.now)
    assert len(server.took) == 3

    with django_capture_on_commit_callbacks(execute=True):
        send_mail(at=cast.now + timedelta(days=8))
    assert not Mailbox.objects.filter(closed_at=None).exists()
    with pytest.raises(KeyIsGone):
        open_for_deed(Mailbox.objects.latest("id"), "address")
    with pytest.raises(NotFound):
        operations.confirm_address(Mail.objects.earliest("id").ref, at=cast.now)
