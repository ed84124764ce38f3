"""Mail goes after commit, at most once, not at night, and says nothing that was typed."""

from __future__ import annotations

import email
import email.policy
import re
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from smartstart.access.actor import VISITOR
from smartstart.access.reading import open_for_deed
from smartstart.base.keyring import KeyIsGone
from smartstart.base.refusals import NotAllowed
from smartstart.post import letters, operations
from smartstart.post import operations_sending as sending
from smartstart.post.errors import NotAnAddress
from smartstart.post.letters import is_ours, letter
from smartstart.post.models import Mail, Mailbox
from tests.cast import Cast
from tests.house import code
from tests.post.boxes import opened, opened_of_story

WAITS = Mail.Kind.SOMETHING_WAITS
NIGHT = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)


class _Talk(socketserver.StreamRequestHandler):
    """One talk of a mail server, as RFC 5321 has it: enough for smtplib."""

    server: MailServer

    def handle(self) -> None:
        self._say("220 here")
        for line in iter(self.rfile.readline, b""):
            word = line.decode().split(" ")[0].strip().upper()
            if word == "DATA":
                self._say("354 go on")
                self._take()
            elif word == "RCPT" and self.server.refuses:
                self._say("550 nobody")
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 yes")

    def _take(self) -> None:
        self.server.took.append(b"".join(iter(self.rfile.readline, b".\r\n")))
        if self.server.hangs_up:
            self.connection.close()
        else:
            self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """A real mail server on this machine that keeps what it gets."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.took: list[bytes] = []
        self.refuses = self.hangs_up = False

    @property
    def mails(self) -> list[EmailMessage]:
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.took]


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    server = MailServer()
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    settings.SMTP = {"host": "127.0.0.1", "port": server.server_address[1], "timeout": 1}
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def mailbox(cast: Cast) -> Mailbox:
    return opened(cast.actor("nadia"), "nadia@plaats.example", at=cast.now)


def put_in(cast: Cast, name: str, about: UUID, *, at: datetime | None = None) -> Mail | None:
    return operations.put_in(cast.account(name).ref, WAITS, about=about, at=at or cast.now)


def states() -> list[str]:
    return list(Mail.objects.order_by("id").values_list("state", flat=True))


def test_a_mail_goes_to_who_asked_for_it(cast: Cast, mailbox: Mailbox, server: MailServer) -> None:
    put_in(cast, "nadia", uuid4())

    assert sending.send_waiting(at=cast.now) == 1

    (mail,) = server.mails
    assert mail["To"] == "nadia@plaats.example"
    assert mail["Subject"] == "Er wacht iets op je"
    assert "http://localhost:8000" in mail.get_content()
    assert states() == ["sent"]


def test_who_told_a_story_gets_one_mail_that_tells_nothing_of_it(
    cast: Cast, server: MailServer
) -> None:
    story, step, nadia = uuid4(), uuid4(), cast.actor("nadia")
    opened_of_story(nadia, story, "wie@plaats.example", at=cast.now)
    tomorrow = cast.now + timedelta(days=1)
    assert (operations.stories_to_look_for(at=cast.now), operations.mailboxes_to_look_for(
        at=tomorrow
    )) == ([], [])  # fmt: skip
    assert operations.stories_to_look_for(at=tomorrow) == [story]

    for _twice in range(2):
        operations.tell_story(story, [step], at=tomorrow)
        sending.send_waiting(at=tomorrow)

    (mail,) = server.mails
    assert mail["To"] == "wie@plaats.example"
    assert "/my-story/" in mail.get_content()
    assert (str(story) in str(mail), str(step) in str(mail)) == (False, False)
    operations.close_story_mailbox(nadia, story, at=tomorrow)
    assert operations.tell_story(story, [uuid4()], at=tomorrow) is None


def test_who_asked_for_none_gets_none(cast: Cast, server: MailServer) -> None:
    assert put_in(cast, "bram", uuid4()) is None
    assert sending.send_waiting(at=cast.now) == 0
    assert server.took == []


def test_the_same_thing_waits_once(cast: Cast, mailbox: Mailbox, server: MailServer) -> None:
    about = uuid4()
    put_in(cast, "nadia", about)
    put_in(cast, "nadia", about)

    assert sending.send_waiting(at=cast.now) == 1
    assert len(server.took) == 1


def test_what_is_being_sent_is_never_sent_again(
    cast: Cast, mailbox: Mailbox, server: MailServer
) -> None:
    """A worker that died after handing over left the mail in this state."""
    put_in(cast, "nadia", uuid4())
    Mail.objects.update(state=Mail.State.SENDING, sent_at=cast.now)

    assert sending.send_waiting(at=cast.now + timedelta(days=1)) == 0
    assert server.took == []


def test_a_server_that_hangs_up_half_way_is_not_asked_twice(
    cast: Cast, mailbox: Mailbox, server: MailServer
) -> None:
    put_in(cast, "nadia", uuid4())
    server.hangs_up = True
    sending.send_waiting(at=cast.now)
    server.hangs_up = False
    sending.send_waiting(at=cast.now)

    assert len(server.took) == 1
    assert states() == ["sending"]


def test_without_a_server_a_mail_keeps_waiting(
    cast: Cast, mailbox: Mailbox, server: MailServer, settings: Any
) -> None:
    put_in(cast, "nadia", uuid4())
    there, settings.SMTP = settings.SMTP, {}
    assert sending.send_waiting(at=cast.now) == 0
    settings.SMTP = {"host": "127.0.0.1", "port": 1, "timeout": 1}
    assert sending.send_waiting(at=cast.now) == 0
    assert states() == ["waiting"]

    settings.SMTP = there
    assert sending.send_waiting(at=cast.now) == 1


def test_a_refused_address_is_written_down_and_left(
    cast: Cast, mailbox: Mailbox, server: MailServer
) -> None:
    put_in(cast, "nadia", uuid4())
    server.refuses = True
    sending.send_waiting(at=cast.now)

    assert states() == ["refused"]


def test_three_a_day_is_the_most(cast: Cast, mailbox: Mailbox, server: MailServer) -> None:
    for _ in range(5):
        put_in(cast, "nadia", uuid4())

    assert sending.send_waiting(at=cast.now) == 3
    assert sending.send_waiting(at=cast.now + timedelta(hours=1)) == 0
    assert sending.send_waiting(at=cast.now + timedelta(days=1)) == 2
    assert len(server.took) == 5


def test_nothing_goes_at_night(cast: Cast, mailbox: Mailbox, server: MailServer) -> None:
    put_in(cast, "nadia", uuid4(), at=NIGHT)

    assert sending.send_waiting(at=NIGHT) == 0
    assert sending.send_waiting(at=NIGHT + timedelta(hours=12)) == 1


def test_a_closed_mailbox_gets_nothing_and_its_address_is_gone(
    cast: Cast, mailbox: Mailbox, server: MailServer, django_capture_on_commit_callbacks: Any
) -> None:
    put_in(cast, "nadia", uuid4())
    with django_capture_on_commit_callbacks(execute=True):
        operations.close_mailbox(cast.actor("nadia"), at=cast.now)

    assert sending.send_waiting(at=cast.now) == 0
    assert put_in(cast, "nadia", uuid4()) is None
    assert server.took == []
    with pytest.raises(KeyIsGone):
        open_for_deed(Mailbox.objects.get(), "address")


def test_a_new_address_takes_the_place_of_the_old(
    cast: Cast, mailbox: Mailbox, server: MailServer
) -> None:
    opened(cast.actor("nadia"), "nadia@elders.example", at=cast.now)
    put_in(cast, "nadia", uuid4())
    sending.send_waiting(at=cast.now)

    assert [mail["To"] for mail in server.mails] == ["nadia@elders.example"]


def test_only_the_owner_sees_a_mailbox(cast: Cast, mailbox: Mailbox) -> None:
    seen = {
        name: Mailbox.objects.visible_to(cast.actor(name), on=cast.today).count()
        for name in cast.hats
    }

    assert seen == {name: int(name == "nadia") for name in cast.hats}
    assert not Mailbox.objects.visible_to(VISITOR, on=cast.today).exists()


def test_words_that_are_no_address_are_refused(cast: Cast) -> None:
    with pytest.raises(NotAnAddress):
        operations.open_mailbox(cast.actor("nadia"), "nadia at plaats\nBcc: x@y.nl", at=cast.now)
    with pytest.raises(NotAllowed):
        operations.open_mailbox(VISITOR, "nadia@plaats.example", at=cast.now)


def test_the_address_stands_nowhere_in_clear(cast: Cast, mailbox: Mailbox) -> None:
    assert b"plaats" not in bytes(Mailbox.objects.values_list("address", flat=True).get())


@pytest.mark.parametrize("kind", list(Mail.Kind))
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_letter_has_words_and_a_count_at_most(kind: Mail.Kind, language: str) -> None:
    words = letter(kind, language=language)
    source = Path(f"smartstart/post/templates/post/{kind.value}.txt").read_text()

    assert words.subject
    assert len(words.text.splitlines()) > 3
    assert set(re.findall(r"{{(.*?)}}", source)) <= {" link ", " place ", " count "}
    tags = {"load", "translate", "blocktranslate", "plural", "endblocktranslate"}
    assert set(re.findall(r"{%\s*(\w+)", source)) <= tags
    for count in (1, 2, 99, 100_000):
        made = letter(kind, language=language, count=count, ref=uuid4())
        assert is_ours(made, language=language)


def test_what_is_no_sentence_of_ours_does_not_leave(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last look, at the one place from which mail goes."""
    good = letter(WAITS, language="nl", count=3, ref=uuid4())
    for other in (
        replace(good, subject="Er wacht iets op Anouk"),
        replace(good, text=good.text + "Noor slaapt slecht\n"),
        replace(good, text=good.text.replace("3 dingen", "3 dingen van Fatima")),
        replace(good, text=good.text.replace("/mail/", "/mail/noor/")),
        replace(good, text=good.text.replace("3", "3 000")),
    ):
        assert not is_ours(other, language="nl")
        monkeypatch.setattr(letters, "letter", lambda *_, other=other, **__: other)
        with pytest.raises(letters.NotOurWords):
            letters.message(WAITS, ref=uuid4(), to="x@plaats.example", language="nl")


def test_another_address_gives_no_more_mail(
    cast: Cast, mailbox: Mailbox, server: MailServer
) -> None:
    for number in range(4):
        opened(cast.actor("nadia"), f"n{number}@plaats.example", at=cast.now)
        put_in(cast, "nadia", uuid4())
        sending.send_waiting(at=cast.now)

    assert len(server.took) == 3


def test_mail_leaves_from_one_place_only() -> None:
    found = {
        path.relative_to(code.PACKAGE).as_posix()
        for path in code.python()
        if re.search(r"smtplib|send_message|send_mail\(|EmailMessage|mail_admins", path.read_text())
    }

    assert found == {
        "post/operations_sending.py",
        "post/letters.py",
        "jobs/mail.py",
        "jobs/timetable.py",
    }
