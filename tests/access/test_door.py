"""The door, through Django's client and the whole stack of middleware, with real views."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, InterfaceError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from smartstart.access.ledger import Deed, note
from smartstart.access.models import Folder, FolderKind, Line
from smartstart.access.operations import change_rules, open_folder
from smartstart.base.keyring import keyring
from smartstart.programme.models import Proposal
from tests.access import door_addresses
from tests.cast import Cast

Enter = Callable[..., Client]
WORDS = "mijn zoon slaapt op de bank"

pytestmark = pytest.mark.urls("tests.access.door_addresses")


@pytest.fixture(autouse=True)
def _fresh() -> None:
    door_addresses.times.clear()
    door_addresses.before_answer.clear()


@pytest.fixture
def row(cast: Cast) -> Proposal:
    row = Proposal(
        pilot=cast.pilot_a,
        folder=open_folder(FolderKind.VOICE, at=cast.now),
        holder=cast.account("els"),
        answer_by=cast.today,
    )
    row.put(sees=WORDS)
    row.save()
    return row


def at(name: str, row: Proposal | int) -> str:
    return f"/trial/{name}/{row if isinstance(row, int) else row.pk}/"


def deeds() -> list[tuple[int, str]]:
    return list(Line.objects.order_by("id").values_list("folder_id", "deed"))


def test_an_answer_leaves_with_its_line(enter: Enter, row: Proposal) -> None:
    answer = enter("nadia").get(at("story", row))

    assert answer.content.decode() == WORDS
    assert answer["Cache-Control"] == "no-store, private"
    assert deeds() == [(row.folder_id, "read")]


def test_head_counts_as_get(enter: Enter, row: Proposal) -> None:
    answer = enter("nadia").head(at("story", row))

    assert (answer.status_code, answer.content) == (200, b"")
    assert deeds() == [(row.folder_id, "read")]


@pytest.mark.parametrize(
    "header",
    [
        {"HTTP_SEC_PURPOSE": "prefetch"},
        {"HTTP_SEC_PURPOSE": "prefetch;prerender"},
        {"HTTP_PURPOSE": "prefetch"},
        {"HTTP_PURPOSE": "preview"},
        {"HTTP_X_MOZ": "prefetch"},
    ],
)
def test_a_prefetch_gets_nothing(enter: Enter, row: Proposal, header: dict[str, str]) -> None:
    answer = enter("nadia").get(at("story", row), **header)  # type: ignore[arg-type]

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Cache-Control"] == "no-store, private"
    assert door_addresses.times == []
    assert deeds() == []


def test_one_factor_is_not_enough(enter: Enter, row: Proposal) -> None:
    answer = enter("nadia", assurance=1).get(at("story", row))

    assert WORDS not in answer.content.decode()
    assert answer.status_code in {302, 403}
    assert deeds() == []


def test_a_visitor_reads_nothing_of_a_family(db: None, cast: Cast, row: Proposal) -> None:
    answer = Client().get(at("story", row))

    assert WORDS not in answer.content.decode()
    assert deeds() == []


def test_rules_that_change_underneath_make_the_answer_again(enter: Enter, row: Proposal) -> None:
    door_addresses.before_answer.append(lambda: change_rules([row.folder_id]))

    answer = enter("nadia").get(at("story", row))

    assert door_addresses.times == ["GET", "GET"]
    assert answer.content.decode() == WORDS
    assert deeds() == [(row.folder_id, "read")]


def test_what_was_withdrawn_underneath_does_not_leave(enter: Enter, row: Proposal) -> None:
    def withdraw() -> None:
        row.put(answer="ingetrokken")
        row.answered_on = row.answer_by
        row.save()
        change_rules([row.folder_id])

    door_addresses.before_answer.append(withdraw)

    answer = enter("nadia").get(at("story", row))

    assert answer.status_code == 404
    assert WORDS not in answer.content.decode()
    assert (row.folder_id, "read") not in deeds()


def test_rules_that_keep_changing_end_in_a_sentence(enter: Enter, row: Proposal) -> None:
    door_addresses.before_answer += [lambda: change_rules([row.folder_id])] * 3

    answer = enter("nadia").get(at("story", row))

    assert door_addresses.times == ["GET"] * 3
    assert (answer.status_code, deeds()) == (409, [])
    assert WORDS not in answer.content.decode()


@pytest.mark.parametrize("always", [False, True])
def test_two_versions_in_one_answer_make_it_again(
    enter: Enter, row: Proposal, always: bool
) -> None:
    answer = enter("nadia").get(at("stale", row), {"always": "1"} if always else {})

    assert len(door_addresses.times) == (3 if always else 2)
    assert answer.status_code == (409 if always else 200)


def test_a_deed_is_never_done_twice(enter: Enter, row: Proposal) -> None:
    nadia = enter("nadia")
    for address in (at("write", row), at("stale", row)):
        door_addresses.times.clear()
        answer = nadia.post(address, {"words": "wat ik typte", "always": "1"})

        assert door_addresses.times == ["POST"]
        assert answer.status_code == 409
        assert WORDS not in answer.content.decode()
        assert "wat ik typte" in answer.content.decode()
    assert deeds() == []


def test_a_form_that_came_back_is_made_again(enter: Enter, row: Proposal) -> None:
    answer = enter("nadia").post(at("write", row), {"status": "422"})

    assert (answer.status_code, door_addresses.times) == (409, ["POST"] * 3)


@pytest.mark.parametrize("name", ["stream", "kept_open"])
def test_an_answer_is_whole_and_outside_a_transaction(
    enter: Enter, row: Proposal, name: str
) -> None:
    with pytest.raises(RuntimeError, match="an answer is whole"):
        enter("nadia").get(at(name, row))
    for still_open in door_addresses.before_answer:
        still_open.__exit__(None, None, None)
    assert deeds() == []


def test_reading_inside_a_transaction_that_ended_is_seen_all_the_same(
    enter: Enter, row: Proposal
) -> None:
    assert enter("nadia").get(at("inside", row)).content.decode() == WORDS
    assert deeds() == [(row.folder_id, "read")]


def test_nothing_is_read_while_the_answer_already_leaves(enter: Enter, row: Proposal) -> None:
    from smartstart.access.reading import ReadingIsClosed

    answer: Any = enter("nadia").get(at("lazily", row))

    with pytest.raises(ReadingIsClosed):
        b"".join(answer.streaming_content)
    assert deeds() == []


def test_sending_elsewhere_shows_nothing_and_leaves_no_line(enter: Enter, row: Proposal) -> None:
    assert enter("nadia").get(at("away", row)).status_code == 302
    assert deeds() == []


def test_sending_elsewhere_with_words_is_an_answer(enter: Enter, row: Proposal) -> None:
    answer = enter("nadia").get(at("away_with_words", row))

    assert answer.content.decode() == WORDS
    assert deeds() == [(row.folder_id, "read")]


def test_what_was_read_before_a_refusal_leaves_no_line(
    enter: Enter, cast: Cast, row: Proposal
) -> None:
    answer = enter("nadia").get(at("refused_after_reading", row))

    assert answer.status_code == 404
    home = cast.hats["nadia"].organisation
    assert home is not None
    assert deeds() == [(home.folder_id, "denied")]


@pytest.fixture(params=[DatabaseError, InterfaceError, "full disk"])
def no_line(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    """The store fails at the moment the line is written, in each of the ways it can."""
    if request.param == "full disk":

        def spoil(name: str) -> None:
            settings.KEYRING_DIR.rename(settings.KEYRING_DIR.with_name("away"))
            settings.KEYRING_DIR.write_text("not a folder")

        return spoil

    def wrapped(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "INSERT INTO access_line" in sql or "access_append(" in sql:
            raise request.param("geheim: Failing row contains (Anouk)")
        return execute(sql, params, many, context)

    def break_store(name: str) -> None:
        connection.execute_wrappers.append(wrapped)
        request.addfinalizer(lambda: connection.execute_wrappers.remove(wrapped))

    return break_store


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_no_line_no_answer(
    enter: Enter, row: Proposal, no_line: Any, method: str, caplog: pytest.LogCaptureFixture
) -> None:
    nadia = enter("nadia")
    door_addresses.before_answer.append(lambda: no_line("story"))
    with caplog.at_level(logging.DEBUG):
        answer = getattr(nadia, method)(at("story", row), {"words": "wat ik typte"})

    assert answer.status_code == 503
    assert WORDS not in answer.content.decode()
    assert deeds() == []
    if method == "post":
        assert "wat ik typte" in answer.content.decode()
    assert "Anouk" not in caplog.text
    assert "the store did not answer" in caplog.text


def test_a_store_that_fails_in_a_view_is_a_503_page(enter: Enter, row: Proposal) -> None:
    answer = enter("nadia").post(at("broken_store", row), {"words": "wat ik typte"})

    assert answer.status_code == 503
    assert answer["Cache-Control"] == "no-store, private"
    assert "wat ik typte" in answer.content.decode()


def test_a_mistake_of_ours_is_not_swallowed(enter: Enter, row: Proposal) -> None:
    with pytest.raises(ZeroDivisionError):
        enter("nadia").get(at("mistake", row))
    nadia = enter("nadia")
    nadia.raise_request_exception = False
    answer = nadia.get(at("mistake", row))

    assert answer.status_code == 500
    assert answer["Cache-Control"] == "no-store, private"


def shapes(asked: CaptureQueriesContext) -> list[str]:
    """The statements without their values; Django knows no text of one with values apart."""
    return [re.sub(r"'[^']*'|\b\d+\b|\bx'[^']*'", "?", query["sql"] or "") for query in asked]


def test_denied_tries_ask_the_same_whether_it_exists_or_not(
    enter: Enter, cast: Cast, row: Proposal
) -> None:
    row.put(answer="x")
    row.answered_on = cast.today
    row.save()
    joke = enter("joke")
    asked, answers = [], []
    for pk in (row.pk, row.pk + 10_000):
        with CaptureQueriesContext(connection) as statements:
            answers.append(joke.get(at("story", pk)))
        asked.append(shapes(statements))

    assert asked[0] == asked[1]
    assert [answer.status_code for answer in answers] == [404, 404]
    changing = re.compile(r"/story/\d+/|[A-Za-z0-9]{64}")
    pages = [changing.sub("?", answer.content.decode()) for answer in answers]
    assert pages[0] == pages[1]
    home = cast.hats["joke"].organisation
    assert home is not None
    assert deeds() == [(home.folder_id, "denied")] * 2
    for line in Line.objects.all():
        assert str(row.pk).encode() not in bytes(line.body).split(b'"purpose"')[1].split(b",")[0]
        assert b"/trial/" not in bytes(line.body)


def test_a_deed_refused_is_denied_and_says_so(enter: Enter, cast: Cast, row: Proposal) -> None:
    answer = enter("joke").get(at("not_allowed", row))

    assert answer.status_code == 403
    line = Line.objects.get()
    assert (line.deed, b'"outcome":8' in bytes(line.body)) == ("denied", True)
    assert b'"purpose":"trial:not_allowed"' in bytes(line.body)


def test_a_visitor_s_denied_try_has_no_chain_to_stand_in(cast: Cast, row: Proposal) -> None:
    assert Client().get(at("not_allowed", row)).status_code == 403
    assert deeds() == []


@pytest.mark.parametrize(("pk", "kept"), [(1, "no-cache"), (2, "max-age=60")])
def test_a_public_page_may_be_kept_but_is_asked_again(db: None, pk: int, kept: str) -> None:
    assert Client().get(at("public", pk))["Cache-Control"] == kept


def test_the_same_public_page_signed_in_is_kept_by_nobody(enter: Enter) -> None:
    assert enter("nadia").get(at("public", 2))["Cache-Control"] == "no-store, private"


def test_an_address_nobody_has_is_a_page_without_a_line(enter: Enter, db: None) -> None:
    assert enter("nadia").get("/trial/nowhere/").status_code == 404
    assert deeds() == []


def test_what_happened_meanwhile_stands_before_the_line(enter: Enter, row: Proposal) -> None:
    """A line written while the answer was made comes first: the head is read at the end."""

    def meanwhile() -> None:
        note(row_actor(), Deed.CHANGED, folders=[row.folder_id], at=row.folder.opened_at)

    def row_actor() -> Any:
        from smartstart.access.actor import VISITOR

        return VISITOR

    door_addresses.before_answer.append(meanwhile)

    assert enter("nadia").get(at("story", row)).status_code == 200
    assert deeds() == [(row.folder_id, "changed"), (row.folder_id, "read")]
    assert Folder.objects.get(pk=row.folder_id).height == 2
    assert keyring().key(row.folder.ref)
