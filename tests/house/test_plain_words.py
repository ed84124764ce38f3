"""Every Dutch sentence of our screens is short and plain; family screens avoid words that hurt."""

from __future__ import annotations

import re
from pathlib import Path

from smartstart.language.catalogue import check
from smartstart.language.catalogue.__main__ import ROOT
from smartstart.language.plain import Kind, measure

# What only professionals and the public read. Every other catalogue is held to the words that
# families read, so a new room is strict until somebody says here that no family comes there.
NOT_FOR_FAMILIES = {
    "jobs/locale",
    "language/locale",
    "programme/locale",
    "thread/locale",
    "voices/locale",
    "web/locale_language",
    "web/locale_programme",
    "web/locale_thread",
    "web/locale_voices",
}
# A stretch of a Dutch text that may stay, and why. An entry that no text needs any more fails.
EXCEPTIONS: dict[str, str] = {}
NEVER = {Kind.LONG_SENTENCE, Kind.FORMAL, Kind.FORBIDDEN}
MARKUP = re.compile(r"<[^<>]{0,300}>|https?://\S+")


def hard_in(text: str, *, catalogue: str) -> list[str]:
    """What must be written otherwise in one Dutch text, with what to say instead."""
    clean = MARKUP.sub(lambda match: " " * len(match.group()), text.replace("%%", " %"))
    measured = measure(clean, for_families=catalogue not in NOT_FOR_FAMILIES, quotations=False)
    return [
        f"{item.kind}: {clean[item.start : item.end]}" + (item.instead and f" -> {item.instead}")
        for item in measured.hard
        if item.kind in NEVER
    ]


def name_of(path: Path) -> str:
    return "/".join(path.relative_to(ROOT).parts[:-3])


def test_our_screens_speak_plain_dutch() -> None:
    read = check.read_all(ROOT)
    assert read, "there are catalogues to read"
    needed, found = set(), []
    for path, entries in read.items():
        for entry in entries:
            for text in entry.texts:
                for told in hard_in(text, catalogue=name_of(path)):
                    excepted = {part for part in EXCEPTIONS if part in told}
                    needed |= excepted
                    if not excepted:
                        found.append(f"{name_of(path)}:{entry.line}: {told}")
    assert found == []
    assert needed == EXCEPTIONS.keys()


FIFTEEN = "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien"


def test_a_hard_text_would_be_found() -> None:
    def told(text: str) -> list[str]:
        return hard_in(text, catalogue="web/locale_a_new_room")

    assert told("Er is een melding. Indien u wilt.") == [
        "forbidden: melding -> bericht",
        "formal: Indien -> als",
    ]
    assert told(FIFTEEN) == []
    assert told(f"<a href='x'>{FIFTEEN} %(n)s</a>.") == [f"long sentence: {FIFTEEN} %(n)s"]
    assert told(f"Zij zei: “Indien er een melding is. {FIFTEEN} zestien.”") == []


def test_professionals_may_read_the_words_of_the_trade() -> None:
    assert hard_in("Kies een vindplaats.", catalogue="web/locale_programme") == []
    assert hard_in("Kies een vindplaats.", catalogue="web/locale_look") == [
        "forbidden: vindplaats -> plek of school"
    ]
