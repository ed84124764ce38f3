"""The access matrix: every address, in every state, for every member of the cast, a visitor and
two who told a story: ``teller`` told the voice of the table, ``other`` another one. Those two have
no account: they come in by the code on their card and the word they chose.

On PostgreSQL six of them are asked. The table is ``matrix.txt``. A new address without a row fails
``test_matrix.py``. To add rows:

    SMARTSTART_MATRIX=print .venv/bin/python -m pytest tests/access/test_matrix.py -s -k ROOM

prints the rows of a room as the house answers now. Read each number before you paste it: the table
says what must be, not what is. A word in an address that is not known yet (a new ``<int:x_id>``)
gets one line in ``ARGUMENTS``.

States: ``private`` a pilot that is not public with a voice whose consent stands; ``public`` the
same pilot made public; ``taken_back`` the voice withdrawn; ``nothing`` references to nothing (asked
of four only; 0 is not asked). An address without arguments is asked once, under ``-``; those of
one's own story also when the pilot is public and when it was taken back.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from PIL import Image

from smartstart.access.actor import VISITOR as NOBODY
from smartstart.access.actor import Actor
from smartstart.access.permissions import Role
from smartstart.consult import models as consult
from smartstart.consult.queries_here import key_of
from smartstart.design import models as design
from smartstart.language import models as language
from smartstart.people import models as people
from smartstart.programme import models as programme
from smartstart.thread import models as thread
from smartstart.voices import models as voices
from smartstart.voices.operations_story import make_card
from tests.access.worlds import World, fill_house, fill_pilot
from tests.access.worlds_sessions import lead_sessions
from tests.cast import ROLES, Cast

VISITOR: Final = "visitor"
WORD: Final = "Regenjas"
TELLERS: Final = {"teller": 1, "other": 2}  # which interview of the stage each told; both stand
READERS: Final = (VISITOR, *ROLES, *TELLERS)
TABLE: Final = Path(__file__).with_name("matrix.txt")
NO_NUMBER: Final = 987_654
NOT_ASKED: Final = 0
# Who may, and who may not: they must not differ.
ASKED_OF_NOTHING: Final = ("nadia", "joke", "teller", "other")
# On PostgreSQL so many are asked: who sees what follows from the read rules, and those are compared
# there whole with the oracle. On SQLite everybody is asked everything.
ASKED_THERE: Final = frozenset({*ASKED_OF_NOTHING, "els", "anouk"})


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """One address of the URL conf by name, with the words it wants."""

    name: str
    words: tuple[str, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """In which states it is asked."""
        if not self.words:
            return ("-", "public", "taken_back") if self.name.startswith("story:") else ("-",)
        if not self.name.startswith(("programme:", "thread:", "voices:", "story:", "findings:")):
            return ("private", "nothing")
        of_voice = ("taken_back",) if self.name.startswith(("voices:", "story:")) else ()
        return ("private", "nothing", "public", *of_voice)


def addresses() -> list[Address]:
    """Every address of the house, allauth's included."""
    return sorted(set(_walk(get_resolver().url_patterns, "")))


def _walk(patterns: list[Any], space: str) -> Iterator[Address]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from _walk(entry.url_patterns, space + inner)
        elif isinstance(entry, URLPattern):
            yield Address(f"{space}{entry.name}", tuple(sorted(entry.pattern.converters)))


# What stands in an address for a word of it, when there is something and when there is nothing.
ARGUMENTS: Final[dict[str, Callable[[World, Cast], Any]]] = {
    "slug": lambda world, cast: cast.pilot_a.slug,
    "pilot_id": lambda world, cast: cast.pilot_a.pk,
    "interview_id": lambda world, cast: _voice(world).pk,
    "session_id": lambda world, cast: _first(world, design.DesignSession).pk,
    "board_id": lambda world, cast: _first(world, design.Board).pk,
    "code": lambda world, cast: "K7MP4R",
    "note": lambda world, cast: _first(world, design.BoardNote).ref,
    "photo": lambda world, cast: _first(world, design.BoardPhoto).ref,
    "hat_id": lambda world, cast: cast.hats["bram"].pk,
    "account_id": lambda world, cast: cast.account("bram").pk,
    "figure_id": lambda world, cast: _first(world, programme.PilotFigure).pk,
    "decision_id": lambda world, cast: _first(world, programme.Decision).pk,
    "request_id": lambda world, cast: _first(world, programme.DataRequest).pk,
    "lesson_id": lambda world, cast: _first(world, programme.Lesson).pk,
    "invitation_id": lambda world, cast: _first(world, people.Invitation).pk,
    "position_id": lambda world, cast: _first(world, people.Position).pk,
    "restore_id": lambda world, cast: _first(world, people.Restore).pk,
    "sign_in_id": lambda world, cast: NO_NUMBER,
    "term_id": lambda world, cast: _term().pk,
    "meaning_id": lambda world, cast: _term().meanings.get().pk,
    "proposal_id": lambda world, cast: _term().proposals.get().pk,
    "word": lambda world, cast: _term().word,
    "pk": lambda world, cast: NO_NUMBER,
    "number": lambda world, cast: 1,
    "item": lambda world, cast: _first(world, programme.EvidenceMark).item,
    "to": lambda world, cast: "closed",
    "lack": lambda world, cast: "figure",
    "kind": lambda world, cast: "insight",
    "name": lambda world, cast: "parent",
    "provider_id": lambda world, cast: "nobody",
    "monday": lambda world, cast: "2026-11-16",
    "form": lambda world, cast: "pdf",
    "place": lambda world, cast: cast.pilot_a.vindplaats_id,
    "key": lambda world, cast: key_of(cast.pilot_a.vindplaats_id or NO_NUMBER),
    # Nobody of the cast has a circle: what is there is as hidden as what is not.
    **dict.fromkeys(
        (
            "part",
            "entry",
            "look",
            "seat",
            "ground",
            "question",
            "agreement",
            "action",
            "about",
            "member",
            "authority",
            "organisation",
            "file",
        ),
        lambda world, cast: _first(world, thread.Knot).ref,
    ),
    "lower": lambda world, cast: _first(world, thread.Knot).ref,
    "ref": lambda world, cast: _first(world, thread.Insight).knot.ref,
}
# Words that mean something else at one address.
OF_ADDRESS: Final[dict[tuple[str, str], Callable[[World, Cast], Any]]] = {
    **{
        ("design_boards:" + name, "ref"): lambda world, cast: _first(world, design.Board).ref
        for name in ("phone", "step", "news", "group")
    },
    ("programme:proposed", "ref"): lambda world, cast: _first(world, programme.Proposal).ref,
    ("voices:code", "ref"): lambda world, cast: _first(world, voices.Code).ref,
    ("voices:ask", "ref"): lambda world, cast: _excerpt(world).ref,
    ("story:answer", "ref"): lambda world, cast: _asked(world).ref,
    ("story:reword", "ref"): lambda world, cast: _asked(world).ref,
    **{
        ("findings:" + name, "ref"): lambda world, cast: _first(world, design.Persona).ref
        for name in ("persona", "remove_trait")
    },
    **{
        ("findings:" + name, "ref"): lambda world, cast: _first(world, design.BoardGuest).ref
        for name in ("guest_card", "guest_said_road")
    },
    **{
        ("story:" + name, "ref"): lambda world, cast: _first(world, design.Attendance).ref
        for name in ("thought_next", "thought_calendar")
    },
    ("findings:note_take_up", "ref"): lambda world, cast: _first(world, design.BoardNote).ref,
    ("story:correct", "ref"): lambda world, cast: _first(world, design.BoardNote).ref,
    ("story:own_card", "ref"): lambda world, cast: _first(world, design.Board).ref,
    ("findings:remove_moment", "ref"): lambda world, cast: next(
        row.ref for row in world.rows[design.Moment] if row.person == _voice(world).ref
    ),
    **{
        ("design:" + name, "invitation_id"): lambda world, cast: (
            _first(world, design.SessionInvitation).pk
        )
        for name in ("cards", "remove_invitation")
    },
    ("voices:export", "kind"): lambda world, cast: "codebook",
    ("circle:say", "to"): lambda world, cast: _first(world, thread.Knot).ref,
    ("circle:own_file", "kind"): lambda world, cast: "entry",
    ("circle:rights_ask", "kind"): lambda world, cast: "access",
    **{
        (f"consult:{name}", "ref"): lambda world, cast: _first(world, consult.Exchange).ref
        for name in (
            *("exchange", "pick_up", "decline", "give", "draw_in"),
            *("answer", "ask_back", "say", "helped", "not_yet", "bring", "teach"),
        )
    },
    ("gallery:frame", "kind"): lambda world, cast: "card",
    ("gallery:error", "kind"): lambda world, cast: "404",
}
# Words that choose a kind and refer to no row: they stay as they are when there is nothing.
NOT_A_REFERENCE: Final = {
    "monday",
    "form",
    "key",
    "kind",
    "to",
    "lack",
    "name",
    "item",
    "provider_id",
    "number",
}


def _first(world: World, model: type[Any]) -> Any:
    return world.rows[model][0]


def _term() -> language.Term:
    """A word of the dictionary with one meaning and one proposal that waits."""
    term, _ = language.Term.objects.get_or_create(word="melding", plain="bericht")
    term.meanings.get_or_create(domain="education", text="een briefje")
    day = date(2026, 11, 20)
    shown: dict[str, Any] = {"proposed_on": day, "shown_on": day}
    term.proposals.get_or_create(about="plain", text="briefje", **shown)
    return term


def _voice(world: World) -> Any:
    """The voice whose consent stands."""
    return told_by("teller", world)


def told_by(reader: str, world: World) -> Any:
    """The interview of who told a story."""
    return world.rows[voices.Interview][TELLERS[reader]]


def _excerpt(world: World) -> Any:
    return next(row for row in world.rows[voices.Excerpt] if row.interview == _voice(world))


def _asked(world: World) -> Any:
    """The question to who told the voice, about their words."""
    return next(row for row in world.rows[voices.QuoteApproval] if row.excerpt == _excerpt(world))


def _photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (16, 16)).save(out, format="JPEG")
    return out.getvalue()


def stage(cast: Cast) -> World:
    """Fill pilot A and the school of the cast with one of everything."""
    world = World(now=cast.now, dice=random.Random(5))
    school = cast.hats["nadia"].organisation
    assert school is not None
    cast.pilot_a.questions.all().delete()
    fill_house(world, [school], cast.account("els"))
    for row in (*cast.hats.values(), cast.pilot_a, cast.pilot_b):
        world.know(row)
    fill_pilot(world, cast.pilot_a, cast.account("nadia"))
    lead_sessions(world, last=True)
    _first(world, design.BoardPhoto).put_file(_photo())
    return world


def come_in(reader: str, world: World, cast: Cast, enter: Callable[[str], Client]) -> Client:
    """Return the browser of a reader: nobody's, signed in, or opened by card and word."""
    if reader not in TELLERS:
        return Client() if reader == VISITOR else enter(reader)
    told, client = told_by(reader, world), Client()
    code = make_card(cast.actor("nadia"), told.pk, word=WORD, at=cast.now)
    opened = client.post(reverse("story:open"), {"code": code, "word": WORD})
    assert opened.headers["Location"] == reverse("story:story")
    return client


def actor_of(reader: str, world: World, cast: Cast) -> Actor:
    """Return as whom the house must see a reader."""
    if reader in TELLERS:
        told = told_by(reader, world).ref
        return Actor(role=Role.INTERVIEWEE, within=told, person=told)
    return NOBODY if reader == VISITOR else cast.actor(reader)


def path_of(address: Address, state: str, world: World, cast: Cast) -> str:
    """Return the address as it is typed, in a state."""
    words = {word: _value(address, word, state, world, cast) for word in address.words}
    return reverse(address.name, kwargs=words)


def _value(address: Address, word: str, state: str, world: World, cast: Cast) -> Any:
    value = OF_ADDRESS.get((address.name, word), ARGUMENTS[word])(world, cast)
    if state != "nothing" or word in NOT_A_REFERENCE:
        return value
    if isinstance(value, UUID):
        return uuid4()
    return NO_NUMBER if isinstance(value, int) else "nowhere"


@contextmanager
def in_state(state: str, world: World, cast: Cast) -> Iterator[None]:
    """Put pilot and voice in a state, and back."""
    with undone():
        if state == "public":
            programme.Pilot.objects.filter(pk=cast.pilot_a.pk).update(is_public=True)
        if state == "taken_back":
            voices.Interview.objects.filter(pk=_voice(world).pk).update(
                use=False,
                quote=False,
                share=False,
                withdrawn_on=cast.today,
                state="withdrawn",
            )
        yield


@contextmanager
def undone() -> Iterator[None]:
    """Undo what happens inside; counts as the test's own transaction, not as the house's."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)


def ask(client: Client, method: str, path: str) -> int:
    """Return the status of one request; nothing of it stays."""
    return int(answer(client, method, path).status_code)


def answer(client: Client, method: str, path: str) -> Any:
    """Return the answer to one request; nothing of it stays, also not that one signed out."""
    client.raise_request_exception = False
    cookies = client.cookies.output()
    with undone():
        found = client.generic(method, path)
    client.cookies = SimpleCookie(cookies.replace("Set-Cookie: ", ""))
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what each reader gets for a method at an address in a state."""

    name: str
    state: str
    method: str
    statuses: tuple[int, ...]

    def __str__(self) -> str:
        numbers = " ".join(f"{status:>7}" for status in self.statuses)
        return f"{self.name:34} {self.state:10} {self.method:4} {numbers}"


HEADING: Final = f"{'# address':34} {'state':10} {'how':4} " + " ".join(
    f"{name:>7}" for name in READERS
)


@cache
def table() -> dict[tuple[str, str, str], tuple[int, ...]]:
    """Return what must be, by address, state and method."""
    rows = [line.split() for line in TABLE.read_text().splitlines() if not line.startswith("#")]
    return {
        (name, state, method): tuple(map(int, statuses))
        for name, state, method, *statuses in filter(None, rows)
    }


def measure(address: Address, clients: dict[str, Client], world: World, cast: Cast) -> list[Line]:
    """Return what the house answers now; what no reader can GET is asked in one state only."""
    lines: list[Line] = []
    for state in address.states:
        with in_state(state, world, cast):
            path = path_of(address, state, world, cast)
            for method in ("GET", "POST") if state in {"-", "private", "nothing"} else ("GET",):
                if lines and method == "GET" and set(lines[0].statuses) - {NOT_ASKED} == {405}:
                    continue
                asked = set(ASKED_OF_NOTHING if state == "nothing" else READERS)
                if connection.vendor == "postgresql":
                    asked &= ASKED_THERE
                statuses = tuple(
                    ask(clients[name], method, path) if name in asked else NOT_ASKED
                    for name in READERS
                )
                lines.append(Line(address.name, state, method, statuses))
    return lines


def says_the_same(measured: tuple[int, ...], must: tuple[int, ...] | None) -> bool:
    """Whether what was asked of somebody is answered as the table says."""
    if must is None:
        return False
    there = connection.vendor == "postgresql"
    asked = zip(measured, must, strict=True)
    return all(one == says or (there and one == NOT_ASKED) for one, says in asked)
