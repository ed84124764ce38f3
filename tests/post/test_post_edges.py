"""Edges of the post: a mailbox that was erased, a mail that is already away, a server that asks."""

from __future__ import annotations

import smtplib
from typing import Any
from uuid import uuid4

import pytest

from smartstart.base.keyring import keyring
from smartstart.post import operations_sending as sending
from smartstart.post.models import Mail, Mailbox
from tests.cast import Cast
from tests.post.boxes import opened
from tests.post.test_operations import MailServer, mailbox, put_in, server, states

__all__ = ["mailbox", "server"]  # fixtures


def test_a_mailbox_whose_key_is_gone_gets_nothing_and_stops_no_other(
    cast: Cast, mailbox: Mailbox, server: MailServer
) -> None:
    put_in(cast, "nadia", uuid4())
    opened(cast.actor("bram"), "bram@plaats.example", at=cast.now)
    put_in(cast, "bram", uuid4())
    keyring().destroy(mailbox.folder.ref)

    assert sending.send_waiting(at=cast.now) == 1

    assert [mail["To"] for mail in server.mails] == ["bram@plaats.example"]
    assert sorted(states()) == ["sent", "waiting"]


def test_a_mail_that_another_worker_took_is_not_sent_here(
    cast: Cast, mailbox: Mailbox, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in(cast, "nadia", uuid4())
    due = sending.waiting

    def due_and_then_taken(way: Mailbox.Way, **told: Any) -> list[Mail]:
        found = due(way, **told)
        Mail.objects.update(state=Mail.State.SENDING, sent_at=cast.now)
        return found

    monkeypatch.setattr(sending, "waiting", due_and_then_taken)

    assert sending.send_waiting(at=cast.now) == 0
    assert server.took == []
    assert states() == ["sending"]


@pytest.mark.parametrize(
    ("place", "error"),
    [
        ({"use_tls": True}, smtplib.SMTPNotSupportedError),
        ({"username": "huis", "password": "geheim"}, smtplib.SMTPNotSupportedError),
    ],
)
def test_what_the_settings_ask_of_the_server_is_asked_before_any_mail(
    cast: Cast,
    mailbox: Mailbox,
    server: MailServer,
    settings: Any,
    place: dict[str, Any],
    error: type[Exception],
) -> None:
    """This server knows neither; without what was asked nothing leaves, and the mail waits."""
    put_in(cast, "nadia", uuid4())
    settings.SMTP = settings.SMTP | place

    with pytest.raises(error), sending._mail_server():
        pass
    assert sending.send_waiting(at=cast.now) == 0
    assert (server.took, states()) == ([], ["waiting"])
