"""Every Dutch sentence of our screens is short and plain; family screens avoid words that hurt."""

from __future__ import annotations

import re
from pathlib import Path

from smartstart.language import rare_words
from smartstart.language.catalogue import check
from smartstart.language.catalogue.__main__ import ROOT
from smartstart.language.plain import AIM_WORDS, MOST_WORDS, Kind, measure

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
# Lines of a register, for who looks something up: words as for families, sentences as elsewhere.
REGISTERS = {"web/locale_privacy"}
# What may stay: “kind: stretch = reason”, one a line. A line that no text needs any more fails.
REVIEWED = Path(__file__).with_name("plain_exceptions.txt")
NEVER = {Kind.LONG_SENTENCE, Kind.FORMAL, Kind.FORBIDDEN}
NEVER_FOR_FAMILIES = set(Kind)
ADVICE = "Say it otherwise, or tell in tests/house/plain_exceptions.txt why it may stay."


def exceptions() -> dict[str, str]:
    """What was reviewed, with the reason; a line without a reason fails here."""
    lines = REVIEWED.read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" = ", 1) for line in lines if line and not line.startswith("#")]
    assert all(len(pair) == 2 and pair[1].strip() for pair in pairs)
    return dict(pairs)


MARKUP = re.compile(r"<[^<>]{0,300}>|https?://\S+")


def hard_in(text: str, *, catalogue: str) -> list[str]:
    """What must be written otherwise in one Dutch text, with what to say instead.

    What families read has at most 12 words a sentence and nothing else that is hard.
    """
    clean = MARKUP.sub(lambda match: " " * len(match.group()), text.replace("%%", " %"))
    family = catalogue not in NOT_FOR_FAMILIES
    is_strict = family and catalogue not in REGISTERS
    most, never = (AIM_WORDS, NEVER_FOR_FAMILIES) if is_strict else (MOST_WORDS, NEVER)
    rare_of = rare_words.rare if family else None
    measured = measure(clean, for_families=family, quotations=False, most=most, rare_of=rare_of)
    return [
        f"{item.kind}: {clean[item.start : item.end]}" + (item.instead and f" -> {item.instead}")
        for item in measured.hard
        if item.kind in never
    ]


def name_of(path: Path) -> str:
    return "/".join(path.relative_to(ROOT).parts[:-3])


def test_our_screens_speak_plain_dutch() -> None:
    read = check.read_all(ROOT)
    assert read, "there are catalogues to read"
    reviewed = exceptions()
    needed, found = set(), []
    for path, entries in read.items():
        for entry in entries:
            for text in entry.texts:
                for told in hard_in(text, catalogue=name_of(path)):
                    excepted = {part for part in reviewed if part in told}
                    needed |= excepted
                    if not excepted:
                        found.append(f"{name_of(path)}:{entry.line}: {told}")
    assert found == [], ADVICE
    assert needed == reviewed.keys()


TWELVE = "een twee drie vier vijf zes zeven acht negen tien elf twaalf"


def test_a_hard_text_would_be_found() -> None:
    def told(text: str) -> list[str]:
        return hard_in(text, catalogue="web/locale_a_new_room")

    assert told("Er is een melding. Indien u wilt.") == [
        "forbidden: melding -> bericht",
        "formal: Indien -> als",
    ]
    assert told("Er wordt niets gedeeld.") == ["passive: wordt niets gedeeld"]
    assert told("De afstemming is klaar.") == ["rare: afstemming"]
    assert told("multidisciplinaire") == [
        "long word: multidisciplinaire",
        "rare: multidisciplinaire",
    ]
    assert told(TWELVE) == []
    assert told(f"<a href='x'>{TWELVE} %(n)s</a>.") == [f"long sentence: {TWELVE} %(n)s"]
    assert told(f"Zij zei: “Indien er een melding is. {TWELVE} dertien.”") == []


def test_professionals_may_read_the_words_of_the_trade() -> None:
    assert hard_in("Kies een vindplaats.", catalogue="web/locale_programme") == []
    assert hard_in(f"{TWELVE} dertien", catalogue="web/locale_programme") == []
    assert hard_in("Kies een vindplaats.", catalogue="web/locale_look") == [
        "forbidden: vindplaats -> plek of school"
    ]
