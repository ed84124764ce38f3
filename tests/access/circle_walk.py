"""Every address of the circle as each person can type it, and all words in what comes back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import product
from typing import Any, Final
from uuid import UUID
from zipfile import ZipFile, is_zipfile

import pikepdf
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from smartstart.circle import models as circle
from tests.circle.aviary import stands_for
from tests.circle.kin import Kin

FOUND: Final = re.compile(r"kanarie[0-9a-f]{8}vogel|201[1-3]-\d\d-\d\d")
PARTS: Final = ("here noor", "here household", "here anouk", "here sem", "there noor")
_BY_WORD: Final[dict[str, type[Any]]] = {
    "entry": circle.Entry,
    "seat": circle.Seat,
    "question": circle.Question,
    "agreement": circle.Agreement,
    "action": circle.Action,
    "file": circle.Attachment,
    "part": circle.Part,
}
# What ``ref`` stands for, by how the address begins.
_BY_ROUTE: Final[tuple[tuple[str, type[Any]], ...]] = (
    ("questions/ask/", circle.Part),
    ("questions/", circle.Question),
    ("files/<slug:kind>", circle.Entry),
    ("files/", circle.Attachment),
    ("meetings/", circle.Meeting),
    ("own/", circle.Entry),
    ("parts/", circle.Part),
)
_ALONE: Final[tuple[tuple[str, type[Any]], ...]] = (
    ("rights/", circle.RightsRequest),
    ("requests/", circle.RightsRequest),
    ("mine/", circle.Said),
    ("said/", circle.Said),
    ("kept/", circle.Withheld),
)
_WORDS: Final[dict[str, list[str]]] = {
    "monday": ["2026-11-16"],
    "kind": ["entry", "access"],
    "form": ["txt", "json"],
}


@dataclass(frozen=True, slots=True)
class Way:
    """One address by name, and how it is written."""

    name: str
    route: str
    words: tuple[str, ...]


def ways() -> list[Way]:
    """Return every address of the circle."""
    room: Any = next(
        one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "circle"
    )
    return [
        Way(f"circle:{one.name}", str(one.pattern), tuple(one.pattern.converters))
        for one in room.url_patterns
        if isinstance(one, URLPattern)
    ]


def paths(home: Kin, way: Way, parts: Iterable[str] = PARTS) -> Iterator[str]:
    """Return this address for what lies in each of these parts, where it names something."""
    return (path for _part, path in by_part(home, way, parts))


def by_part(home: Kin, way: Way, parts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Return for which part an address stands, and the address; each once."""
    if not way.words:
        yield "", reverse(way.name)
        return
    seen: set[str] = set()
    for name in parts:
        choices = [_values(home, way, word, name) for word in way.words]
        for values in product(*choices):
            with suppress(NoReverseMatch):
                path = reverse(way.name, kwargs=dict(zip(way.words, values, strict=True)))
                if path not in seen:
                    seen.add(path)
                    yield name, path


def _values(home: Kin, way: Way, word: str, part: str) -> list[Any]:
    if word in _WORDS:
        return _WORDS[word]
    if word == "ground":
        rows: Any = circle.Ground.objects.filter(folder=home.parts[part].folder, kind="seat")
        return list(rows.values_list("ref", flat=True))[:1]
    if word in {"member", "about"}:
        of = part.split()[1]
        return [home.members[of].ref, home.parts[part].ref] if of in home.members else []
    if word == "organisation":
        return [home.positions["fatima"].organisation.ref]
    if word == "authority":
        rows = circle.Authority.objects.filter(circle__ref=_circle(home, part))
        return list(rows.values_list("ref", flat=True))[:1]
    if word in {"to", "look"}:
        return [home.positions["fatima"].ref]
    if word in _BY_WORD:
        return _rows(home, _BY_WORD[word], part)
    return _refs(home, way.route, part)


def _refs(home: Kin, route: str, part: str) -> list[UUID]:
    for begins, model in _ALONE:
        if route.startswith(begins):
            return list(model.objects.order_by("pk").values_list("ref", flat=True))[:1]
    for begins, model in _BY_ROUTE:
        if route.startswith(begins):
            return _rows(home, model, part)
    return [_circle(home, part)]


def _rows(home: Kin, model: type[Any], part: str) -> list[UUID]:
    if model is circle.Part:
        return [home.parts[part].ref]
    return stands_for(home, model, part)[:1]


def _circle(home: Kin, part: str) -> UUID:
    return home.circles[part.split()[0]].ref


def words_in(content: bytes) -> set[str]:
    """Return all planted words in these bytes, also when they are packed or drawn as PDF."""
    return {word for text in _texts(content) for word in FOUND.findall(text)}


def _texts(content: bytes) -> Iterator[str]:
    yield content.decode("utf-8", "replace")
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield from _texts(archive.read(name))
    elif content.startswith(b"%PDF-") and b"%%EOF" in content:
        yield from pdf_texts(content)


def pdf_texts(content: bytes) -> Iterator[str]:
    """Return what a reader of this PDF sees, line by line."""
    with pikepdf.open(BytesIO(content)) as file:
        for page in file.pages:
            fonts = {str(name): _letters(font) for name, font in _fonts(page).items()}
            letters: dict[int, str] = {}
            line = ""
            drawing: Any = pikepdf.parse_content_stream(page)
            for operands, operator in drawing:
                if str(operator) == "Tf":
                    letters = fonts[str(operands[0])]
                elif str(operator) in {"Tj", "TJ", "'"}:
                    pieces = operands[0] if str(operator) == "TJ" else [operands[0]]
                    line += "".join(_drawn(one, letters) for one in pieces)
                elif str(operator) in {"ET", "T*"}:
                    line += "\n"
            yield line


def _fonts(page: Any) -> Any:
    resources = page.obj.get("/Resources", {})
    return resources.get("/Font", {})


def _drawn(piece: Any, letters: dict[int, str]) -> str:
    if not isinstance(piece, pikepdf.String):
        return ""
    raw = bytes(piece)
    pairs = zip(raw[0::2], raw[1::2], strict=False)
    return "".join(letters.get(high * 256 + low, "") for high, low in pairs)


def _letters(font: Any) -> dict[int, str]:
    """Return which letter each code of a font is, from its own table."""
    if "/ToUnicode" not in font:
        return {}
    table = font["/ToUnicode"].read_bytes().decode("latin-1")
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, flags=re.S):
        for code, letter in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(letter).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, flags=re.S):
        for first, last, letter in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = chr(int(letter, 16) + step)
    return found
