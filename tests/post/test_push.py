"""Notices of a browser: empty, to a service of its maker, at most once, for work only."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from django.utils.translation import override

from smartstart.access.reading import open_for_deed
from smartstart.base import clock
from smartstart.base.keyring import KeyIsGone
from smartstart.base.refusals import NotFound
from smartstart.jobs.mail import send_mail
from smartstart.people.models import Account, Hat
from smartstart.post import operations_push, operations_sending_push, push_public
from smartstart.post.errors import NotABrowser
from smartstart.post.models import Mail, Mailbox
from smartstart.post.push_service import NotPublic, Service, is_public, service_of
from tests.consult.people import People, browser, people
from tests.house import code
from tests.post.push_receiver import HANGS_UP, Receiver, receiving
from tests.web.test_thread import words_of

pytestmark = pytest.mark.django_db
GOOGLE = "https://fcm.googleapis.com/fcm/send/abc:def"
SOON = timedelta(minutes=10)


@pytest.fixture(scope="module")
def listens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Receiver]:
    with receiving(tmp_path_factory.mktemp("receiver")) as listens:
        yield listens


@pytest.fixture
def service(listens: Receiver, settings: Any) -> Receiver:
    settings.SMARTSTART_EXAMPLE = True
    settings.PUSH_RECEIVER = listens.place
    listens.came.clear()
    listens.answer = 201
    return listens


@pytest.fixture
def room(now: datetime) -> Iterator[People]:
    with clock.fixed(now):
        yield people(now)


@pytest.fixture
def phone(room: People, service: Receiver) -> Mailbox:
    return operations_push.switch_on(room.actor("fatima"), service.endpoint(), at=room.at)


def states() -> list[str]:
    return list(Mail.objects.order_by("id").values_list("state", flat=True))


def test_an_empty_message_by_which_the_service_knows_us_and_nothing_else(
    room: People, service: Receiver, phone: Mailbox
) -> None:
    room.ask("fatima")
    assert send_mail(at=room.at) == 0, "not in the minute of the question"
    assert send_mail(at=room.at + SOON) == 1
    assert send_mail(at=room.at + SOON * 2) == 0, "no news, no notice"

    (came,) = service.came
    assert (came.path, came.body) == ("/send/browser?v=2", b"")
    told = {name: words for name, words in came.headers.items() if name != "Authorization"}
    assert told == {
        "Host": f"localhost:{service.port}",
        "Accept-Encoding": "identity",
        "TTL": "14400",
        "Topic": "waits",
        "Urgency": "normal",
        "Content-Length": "0",
    }
    found = re.fullmatch(r"vapid t=(.+)\.(.+)\.(.+), k=(.+)", came.headers["Authorization"])
    assert found
    head, claims, signature, key = found.groups()
    assert json.loads(_bytes(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(_bytes(claims)) == {
        "aud": f"https://localhost:{service.port}",
        "exp": int((room.at + SOON + timedelta(hours=1)).timestamp()),
        "sub": "mailto:smartstart@localhost",
    }
    assert key == push_public.public_key()
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(key))
    raw = _bytes(signature)
    r, s = (int.from_bytes(half, "big") for half in (raw[:32], raw[32:]))
    public.verify(encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    assert states() == ["sent"]


def _bytes(words: str) -> bytes:
    return urlsafe_b64decode(words + "=" * (-len(words) % 4))


def test_three_a_day_with_mail_counted_along_and_nothing_at_night(
    room: People, service: Receiver, phone: Mailbox
) -> None:
    at = room.at
    for _ in range(5):
        at += SOON
        room.ask("fatima")
        send_mail(at=at)
    assert len(service.came) == 3

    room.at = at.replace(hour=18, minute=30) + timedelta(days=1)  # half past seven here
    room.ask("fatima")
    send_mail(at=room.at)
    assert service.came[-1].headers["TTL"] == "1800", "a phone that is off hears nothing at night"
    room.ask("fatima")
    send_mail(at=room.at.replace(hour=20))
    assert len(service.came) == 4


@pytest.mark.parametrize(
    ("answer", "state", "is_there", "is_said_again"),
    [
        (404, "refused", False, False),
        (410, "refused", False, False),
        (307, "refused", True, False),  # led to another place: nothing goes there
        (403, "refused", True, False),
        (503, "refused", True, True),
        (HANGS_UP, "sending", True, False),  # perhaps it was said
    ],
)
def test_what_a_service_answers(
    room: People,
    service: Receiver,
    phone: Mailbox,
    django_capture_on_commit_callbacks: Any,
    answer: int,
    state: str,
    is_there: bool,
    is_said_again: bool,
) -> None:
    service.answer = answer
    room.ask("fatima")
    with django_capture_on_commit_callbacks(execute=True):
        assert send_mail(at=room.at + SOON) == 0
    assert (len(service.came), states()) == (1, [state])
    phone.refresh_from_db()
    assert (phone.closed_at is None) == is_there
    if not is_there:
        with pytest.raises(KeyIsGone):
            open_for_deed(phone, "address")

    service.answer = 201
    send_mail(at=room.at + SOON * 3)
    assert len(service.came) == 1 + is_said_again


def test_who_cannot_be_reached_keeps_waiting_and_an_example_sends_nothing(
    room: People, service: Receiver, phone: Mailbox, settings: Any, tmp_path: Path
) -> None:
    room.ask("fatima")
    there = service.place
    settings.PUSH_RECEIVER = None
    assert send_mail(at=room.at + SOON) == 0
    with receiving(tmp_path) as other:
        settings.PUSH_RECEIVER = there | {"trusts": other.paper}  # somebody else's paper
        assert send_mail(at=room.at + SOON) == 0
        settings.PUSH_RECEIVER = other.place
        operations_push.switch_on(room.actor("karin"), other.endpoint(), at=room.at)
        room.ask("karin")
    settings.PUSH_RECEIVER = other.place  # nobody listens there any more
    Mailbox.objects.filter(pk=phone.pk).update(look_at=room.at + SOON * 9)
    assert send_mail(at=room.at + SOON) == 0
    assert (service.came, other.came) == ([], [])
    assert states() == ["waiting"]


def test_notices_end_with_the_device_the_sign_ins_the_function_and_by_the_clock(
    room: People, service: Receiver
) -> None:
    def on(at: datetime = room.at) -> Mailbox:
        return operations_push.switch_on(room.actor("fatima"), service.endpoint(), at=at)

    def ends(at: datetime) -> bool:
        send_mail(at=at)
        is_over = not Mailbox.objects.filter(closed_at=None).exists()
        Mailbox.objects.update(closed_at=at)
        return is_over

    first = on()
    on()
    first.refresh_from_db()
    assert first.closed_at == room.at, "one device each"
    assert not ends(room.at + timedelta(days=89))
    on()
    assert ends(room.at + timedelta(days=90))
    on()
    Account.objects.filter(username="fatima").update(keys_version=2)
    assert ends(room.at)
    on()
    Hat.objects.filter(pk=room.hats["fatima"].pk).update(ended_at=room.at)
    room.ask("karin")
    assert ends(room.at + SOON)
    assert service.came == []


def test_on_and_off_on_one_page_and_gone_with_who_leaves_the_browser(
    room: People, service: Receiver
) -> None:
    fatima = browser(room, "fatima")
    assert "Een seintje op dit apparaat" not in words_of(fatima.get("/mail/")), "no key yet"
    operations_sending_push.send_waiting(at=room.at)
    page = fatima.get("/mail/")
    assert f'data-notices="{push_public.public_key()}"' in page.content.decode()
    assert "Die weet dan dat er iets kwam, wanneer, en van welke website." in words_of(page)

    def on(client: Client, *, there: str = service.endpoint()) -> int:
        return client.post("/mail/notices/on/", {"endpoint": there}).status_code

    def is_on() -> bool:
        return Mailbox.objects.filter(closed_at=None).exists()

    assert on(fatima, there="https://elders.example/x") == 422
    assert on(fatima) == 302
    assert "Seintjes staan aan, op dit apparaat." in words_of(fatima.get("/mail/"))
    laptop = browser(room, "fatima")
    assert "op een ander apparaat" in words_of(laptop.get("/mail/"))
    laptop.post("/people/lock/")
    assert is_on(), "another browser is locked"
    laptop = browser(room, "fatima")
    laptop.post("/mail/notices/off/")
    assert not is_on()

    for leaves in ("/people/lock/", "/people/me/sign-out/", "/account/sign-out/"):
        fatima = browser(room, "fatima")
        on(fatima)
        fatima.post(leaves)
        assert not is_on(), leaves
    fatima = browser(room, "fatima")
    on(fatima)
    for name, stays in (("fatima", True), ("bas", False)):  # who comes to this browser next
        fatima.cookies.pop("session")
        account = room.hats[name].account
        account.set_password("een lang wachtwoord")
        account.save()
        fatima.post("/account/sign-in/", {"login": name, "password": "een lang wachtwoord"})
        assert is_on() == stays, name

    for other in ("peer", "ada"):
        client = browser(room, other)
        assert "Een seintje op dit apparaat" not in words_of(client.get("/mail/"))
        assert on(client) == 404


def test_the_script_of_the_browser_says_one_sentence_and_touches_no_page(client: Client) -> None:
    """In the language of its address: a browser that fetches it names none (found by doing)."""
    english = client.get("/mail/notices.js?language=en").content.decode()
    assert "Something waits for you." in english
    with override(None):  # what a page was asked in stays with the thread
        script = client.get("/mail/notices.js", headers={"accept-language": "en"})

    assert script["Content-Type"].startswith("text/javascript")
    words = script.content.decode()
    assert re.findall(r'"([^"]*)"', words) == [
        "push",
        "Mijn plek",
        "Er wacht iets op je.",
        "waits",
        "notificationclick",
        "/mail/waits/",
    ]
    assert [one for one in ("fetch", "caches", "event.data") if one in words] == []


def test_only_a_service_of_a_maker_is_an_address(settings: Any) -> None:
    good = (GOOGLE, "https://updates.push.services.mozilla.com/wpush/v2/x", GOOGLE + "?a=b")
    assert [service_of(one).scheme for one in good] == ["https"] * 3
    for bad in (
        "",
        "x" * 2_000,
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com:port/x",
        "https://fcm.googleapis.com@10.0.0.1/x",
        "https://me:you@fcm.googleapis.com/x",
        "https://fcm.googleapis.com/x#y",
        "https://fcm.googleapis.com/x\r\nHost: y",
        "https://fcm.googleapis.com/ x",
        "https://fcm.googleapis.com.elders.example/x",
        "https://elders-push.apple.com.example/",
        "https://notpush.apple.com/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://[::1/x",
        "https://localhost/x",
        "file:///etc/passwd",
        "https://fcm.googleapis.com/\u00e9",
    ):
        with pytest.raises(NotABrowser):
            service_of(bad)
    assert service_of("https://web.push.apple.com/x")


def test_a_name_that_leads_inside_is_not_called(settings: Any, service: Receiver) -> None:
    """The receiver listens; without what only a test in an example may set, nobody calls it."""
    parts = service_of(service.endpoint())
    settings.SMARTSTART_EXAMPLE = False
    with pytest.raises(NotABrowser):
        service_of(service.endpoint())
    with pytest.raises(NotPublic):
        Service(parts).connect()
    public = {
        "8.8.8.8": True,
        "2a00:1450:400e::1": True,
        "127.0.0.1": False,
        "10.1.2.3": False,
        "172.16.0.1": False,
        "192.168.1.1": False,
        "100.64.0.1": False,
        "169.254.169.254": False,
        "0.0.0.0": False,  # noqa: S104 - looked at, not listened on
        "224.0.0.1": False,
        "255.255.255.255": False,
        "::1": False,
        "::": False,
        "fe80::1%lo": False,
        "fd00::1": False,
        "ff02::1": False,
        "::ffff:127.0.0.1": False,
        "64:ff9b::7f00:1": False,
        "2002:7f00:1::": False,
        "2001:0:7f00:1::": False,
    }
    assert {one: is_public(one) for one in public} == public


def test_only_who_works_in_a_function_has_notices(room: People) -> None:
    for name in ("ada", "els", "peer"):
        with pytest.raises(NotFound):
            operations_push.switch_on(room.actor(name), GOOGLE, at=room.at)


def test_nothing_but_a_test_names_another_receiver() -> None:
    found = {
        path.relative_to(code.PACKAGE).as_posix()
        for path in code.python()
        if "PUSH_RECEIVER" in path.read_text()
    }

    assert found == {"config/settings.py", "post/push_service.py"}
    settings = (code.PACKAGE / "config/settings.py").read_text()
    assert "PUSH_RECEIVER: dict[str, object] | None = None\n" in settings
