"""Who hides names on a beamer shows no name of a colleague or of who told something, on any page.

Pages of a circle are the family's own: they say with names who knows what, on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any, Final

import pytest
from django.test import Client
from django.urls import reverse

from smartstart.access.actor import VISITOR
from smartstart.people.models import Account
from smartstart.programme import operations
from smartstart.programme.operations import Seen
from tests.access import matrix
from tests.access.matrix import Address
from tests.access.worlds import World
from tests.cast import Cast
from tests.voices.booth import Booth

Enter = Callable[..., Client]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]
# Who reads which rooms.
ROOMS: Final = {
    "nadia": ("voices:", "programme:", "thread:"),
    "els": ("programme:accept", "programme:proposals", "people:restores"),
    "ada": ("people:",),
}
SHOWS_NAMES: Final = {
    "nadia": ("programme:team", ("slug",)),
    "els": ("programme:accept", ("pilot_id",)),
    "ada": ("people:position", ("position_id",)),
}
NAME: Final = re.compile(r"Zz-\w+")
# Elements that are drawn without an end tag.
VOID: Final = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Shown(HTMLParser):
    """The words of a page for somebody who hides names, and what stands in its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.attributes: list[str] = []
        self._hidden: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if not self._hidden:
            self.attributes += [value for _name, value in attrs if value]
        if tag not in VOID and (self._hidden or "ss-name" in (told.get("class") or "").split()):
            self._hidden.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            self._hidden.pop()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def rename() -> None:
    """Give everybody a name that stands nowhere else."""
    for account in Account.objects.all():
        Account.objects.filter(pk=account.pk).update(shown_as=f"Zz-{account.username}")


def bare_names(page: Any) -> list[str]:
    """The names of others that somebody who hides names reads on a page."""
    shown = Shown(page.content.decode())
    return [name for told in shown.words + shown.attributes for name in NAME.findall(told)]


@pytest.fixture
def world(cast: Cast) -> World:
    return matrix.stage(cast)


def test_no_page_shows_a_name_while_names_are_hidden(
    world: World, cast: Cast, enter: Enter
) -> None:
    bare: list[str] = []
    rename()
    for reader, rooms in ROOMS.items():
        client = enter(reader)
        path = matrix.path_of(Address(*SHOWS_NAMES[reader]), "private", world, cast)
        assert bare_names(matrix.answer(client, "GET", path)), "a name to be hidden"
        Account.objects.filter(username=reader).update(shown_as=reader, names_hidden=True)
        for address in matrix.addresses():
            if not address.name.startswith(rooms):
                continue
            page = matrix.answer(client, "GET", matrix.path_of(address, "private", world, cast))
            if page.status_code != 200 or "html" not in page.headers.get("Content-Type", ""):
                continue
            bare += [f"{reader} at {address.name}: {name}" for name in bare_names(page)]

    assert bare == [], "\n".join(bare)


def test_who_codes_is_kept_apart_without_names(cast: Cast, enter: Enter) -> None:
    """Found by a new user: coders' names stood bare where one chooses, codes and merges."""
    booth, nadia = Booth(cast), enter("nadia")
    transcript = booth.checked()
    rename()
    Account.objects.update(names_hidden=True)
    pages = [nadia.get(reverse("voices:coding", args=[transcript.interview_id]))]
    round_ = booth.round(transcript)
    booth.put(round_, 41, 75)
    booth.put(round_, 41, 60, by="bram")
    booth.put(round_, 80, 90, by="bram")
    pages.append(nadia.get(reverse("voices:coding", args=[transcript.interview_id])))
    booth.ready(round_)
    pages.append(nadia.get(reverse("voices:merging", args=[transcript.interview_id])))

    assert [sorted(set(bare_names(page)) - {"Zz-nadia"}) for page in pages] == [[], [], []]
    told = [" ".join("".join(Shown(page.content.decode()).words).split()) for page in pages]
    assert "researcher 1" in told[0]
    assert "coder 2" in told[1]
    assert "Coder 1 en coder 2 naast elkaar" in told[2]
    assert "Stukje van coder 1" in told[2]


def test_no_number_of_who_proposed_while_names_are_hidden(cast: Cast, enter: Enter) -> None:
    """Found by hand: the telephone number stood on the beamer beside the hidden name."""
    seen = Seen("Drie keer dezelfde vraag.", "De Regenboog", "Kim", "013 000 00 03")
    pilot_id = operations.propose_pilot(VISITOR, seen, at=cast.now).pilot_id
    els, pages = enter("els"), ("/pilots/proposals/", f"/pilots/proposals/{pilot_id}/accept/")
    assert all("013 000 00 03" in els.get(page).content.decode() for page in pages)
    Account.objects.filter(username="els").update(names_hidden=True)
    for page in pages:
        told = els.get(page).content.decode()
        assert "dat is nu verborgen" in told
        assert "013 000 00 03" not in told
