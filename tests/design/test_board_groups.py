"""Groups on a board: tap a note, then a group; what a phone does and who leads does alike."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from smartstart.base.refusals import NotFound
from smartstart.design import errors_boards as errors
from smartstart.design import operations_boards as leading
from smartstart.design.models.boards import Board, BoardNote, NoteText
from smartstart.web.design_boards import exporting
from smartstart.web.design_boards.leafing import leaf
from tests.cast import Cast
from tests.design.test_boards import Phone, made, page


def lying(cast: Cast, board: Board) -> list[tuple[str, list[str]]]:
    """The groups of a board with what lies in them; "" are the notes that lie in none."""
    seen = page(cast, board)
    groups = [(" / ".join(g.texts), [c.texts[0] for c in g.under]) for g in seen.groups]
    return [*groups, ("", [card.texts[0] for card in seen.loose])]


def test_a_note_is_laid_in_a_group_that_somebody_named_and_comes_out_of_it(cast: Cast) -> None:
    board, bram = made(cast, "clusters"), cast.actor("bram")
    one, two = Phone(board, cast), Phone(board, cast)
    stamp, phone, oma = one.write("Stempel"), one.write("Bellen"), two.write("Oma mee")
    group, other = uuid4(), uuid4()
    one.send("group", group, "  Eén\n nummer ")
    one.send("into", phone, str(group))
    two.send("into", stamp, str(group))
    leading.name_group(bram, board.pk, other, "Familie", at=cast.now)
    leading.name_group(bram, board.pk, other, "Familie", at=cast.now)  # pressed twice
    leading.cluster(bram, board.pk, oma, str(other), at=cast.now)
    assert lying(cast, board) == [
        ("Eén nummer", ["Stempel", "Bellen"]),
        ("Familie", ["Oma mee"]),
        ("", []),
    ]
    told = {note["note"]: note for note in two.hears()["notes"]}  # type: ignore[attr-defined]
    assert (told[str(group)]["group"], told[str(phone)]["into"]) == (True, str(group))

    number = told[str(group)]["texts"][0][0]
    two.send("write", group, "Eén stem", base=(number,))  # everybody may change a name
    two.send("into", phone, "")
    one.send("remove", group)
    assert lying(cast, board) == [("Familie", ["Oma mee"]), ("", ["Stempel", "Bellen"])]
    one.send("restore", group)
    assert lying(cast, board)[0] == ("Eén stem", ["Stempel"])
    table = exporting.as_table(page(cast, board), cast.now).decode("utf-8-sig")
    rows = list(csv.reader(table.splitlines(), delimiter=";"))
    assert [row[:2] for row in rows[1:]] == [
        ["Eén stem", "Stempel"],
        ["Familie", "Oma mee"],
        ["", "Bellen"],
    ]


def test_what_is_no_group_takes_no_note(cast: Cast) -> None:
    board, bram = made(cast, "clusters"), cast.actor("bram")
    one = Phone(board, cast)
    note, other, group, gone = one.write("A"), one.write("B"), uuid4(), uuid4()
    for ref, name in ((group, "Groep"), (gone, "Weg")):
        one.send("group", ref, name)
    leading.hide_note(bram, board.pk, gone, hidden=True, at=cast.now)
    does_not_fit: list[Callable[[], object]] = [
        lambda: one.send("into", note, str(other)),
        lambda: one.send("into", note, str(gone)),
        lambda: one.send("into", note, "geen verwijzing"),
        lambda: one.send("into", group, str(group)),
        lambda: one.send("group", note, "Zelfde verwijzing"),
        lambda: leading.cluster(bram, board.pk, note, str(other), at=cast.now),
    ]
    for deed in does_not_fit:
        with pytest.raises(errors.NoteDoesNotFit):
            deed()
    for words, refusal in (("a" * 81, errors.NoteIsTooLong), (" ", errors.NoteIsEmpty)):
        with pytest.raises(refusal):
            one.send("group", uuid4(), words)
    for deed in (
        lambda: leading.cluster(bram, board.pk, uuid4(), "", at=cast.now),
        lambda: leading.name_group(cast.actor("joke"), board.pk, uuid4(), "x", at=cast.now),
    ):
        with pytest.raises(NotFound):
            deed()
    assert BoardNote.objects.exclude(into=None).count() == 0

    covered = made(cast)
    hidden = Phone(covered, cast)
    mine = hidden.write("Nog niet")
    with pytest.raises(errors.NoteDoesNotFit):
        leading.name_group(bram, covered.pk, uuid4(), "Te vroeg", at=cast.now)
    leading.turn(bram, covered.pk, "reveal", on=True, at=cast.now)
    hidden.send("group", group_of_covered := uuid4(), "Nu wel")
    hidden.send("into", mine, str(group_of_covered))
    assert lying(cast, covered) == [("Nu wel", ["Nog niet"]), ("", [])]


def test_without_script_a_page_asks_which_group(cast: Cast, enter: Any) -> None:
    board = made(cast, "clusters")
    one = Phone(board, cast)
    note = one.write("Oma mag mee")
    plain = Client()
    plain.cookies[settings.BOARD_COOKIE_NAME] = one.token
    phone, lead = page_of("group", board.ref, note), page_of("lead_group", board.pk, note)

    assert post(plain, phone, name=" ").status_code == 422
    answer = post(plain, phone, name="Familie")
    assert answer["Location"] == f"/board/{board.ref}/#note-{note}"
    again = post(plain, phone, name="Familie")
    assert again.status_code == 302
    shown = plain.get(f"/board/{board.ref}/").content.decode()
    group = str(BoardNote.objects.get(is_group=True).ref)
    assert shown.index("Familie") < shown.index("Oma mag mee") < shown.index("Mijn briefjes")
    bram = enter("bram")
    assert "Familie" in bram.get(f"/boards/{board.pk}/").content.decode()
    assert 'name="into" value=""' in bram.get(lead).content.decode()
    assert post(bram, lead, into="").status_code == 302
    assert lying(cast, board) == [("Familie", []), ("", ["Oma mag mee"])]
    assert post(bram, lead, into=group).status_code == 302
    assert post(bram, lead, name="Vrienden").status_code == 302
    assert lying(cast, board) == [("Familie", []), ("Vrienden", ["Oma mag mee"]), ("", [])]
    assert post(plain, page_of("group", board.ref, uuid4()), into="").status_code == 404
    assert bram.get(page_of("lead_group", board.pk, UUID(group))).status_code == 404
    leading.turn(cast.actor("bram"), board.pk, "close", on=True, at=cast.now)
    assert "Dit bord is dicht" in plain.get(phone).content.decode()


def test_a_full_board_is_shown_sixty_at_a_time_and_nothing_is_left_out(cast: Cast) -> None:
    board, bram = made(cast, "clusters"), cast.actor("bram")
    notes = BoardNote.objects.bulk_create(
        BoardNote(folder=board.folder, board=board, changed=1, made_at=cast.now) for _ in range(150)
    )
    texts = [NoteText(note=note, number=1, folder=board.folder) for note in notes]
    for text in texts:
        text.put(words="Een idee")
    NoteText.objects.bulk_create(texts)
    full, empty = uuid4(), uuid4()
    for ref, name in ((full, "Vol"), (empty, "Leeg")):
        leading.name_group(bram, board.pk, ref, name, at=cast.now)
    group = BoardNote.objects.get(ref=full)
    inside = [note.pk for note in notes[:80]]
    BoardNote.objects.filter(pk__in=inside).update(into=group)
    seen, shown, told = page(cast, board), [], []
    for number in ("1", "2", "3", "9"):
        found = leaf(seen, number, made={})
        told.append([(s.group.texts[0] if s.group else "", len(s.notes)) for s in found.sections])
        shown += [led.card.line.ref for s in found.sections for led in s.notes]
    assert told == [
        [("Vol", 60)],
        [("Vol", 20), ("Leeg", 0), ("", 39)],
        [("", 31)],
        [("", 31)],
    ]
    assert set(shown) == {note.ref for note in notes}


def page_of(name: str, board: object, note: UUID) -> str:
    return reverse(f"design_boards:{name}", args=[board, note])


def post(client: Client, path: str, **told: str) -> Any:
    fixed = {"client": str(UUID(int=7)), "ref": str(UUID(int=8))}
    return client.post(path, fixed | told)
