"""What the helper knows about names: the word rules at once, deduce when its tables are there."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smartstart.language.helper import tables
from smartstart.language.names.people import TRIGGERS, KnownPhrases
from smartstart.language.names.proposals import WORD, Finding, Kind, Proposal, proposals
from smartstart.language.names.rules import found_by_rules
from smartstart.language.names.words import COMMON

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KINDS = {
    "persoon": Kind.PERSON,
    "patient": Kind.PERSON,
    "locatie": Kind.PLACE,
    "straat": Kind.STREET,
    "instelling": Kind.INSTITUTION,
    "zorginstelling": Kind.INSTITUTION,
    "ziekenhuis": Kind.INSTITUTION,
    "datum": Kind.DATE,
    "leeftijd": Kind.AGE,
    "telefoonnummer": Kind.PHONE,
    "emailadres": Kind.MAIL,
    "bsn": Kind.BSN,
    "url": Kind.URL,
    "id": Kind.NUMBER,
}
NOT_IN_A_NAME = re.compile(r" (?:op|in|bij|aan|uit) (?:de |het )?(?!den |der |'t )")
TRY_AGAIN_SECONDS = 60.0


@dataclass(frozen=True)
class Progress:
    """How far the tables are: 0 to 1, at which step, since how many seconds."""

    ready: bool
    progress: float
    step: str
    seconds: float


class Engine:
    """Finds what may be a name. ``start`` brings the tables in the background."""

    def __init__(self, cache: Path) -> None:
        self.cache = cache
        self._finder: Any = None
        self._builder: subprocess.Popen[str] | None = None
        self._started = time.monotonic()
        self._progress, self._step = 0.0, "waiting"
        self._one_at_a_time = threading.Lock()
        self._ends = threading.Event()

    def start(self) -> None:
        """Bring the tables in a thread of their own."""
        threading.Thread(target=self._bring_tables, daemon=True).start()

    def stop(self) -> None:
        """End the building, if it still goes on."""
        self._ends.set()
        if self._builder is not None:
            self._builder.terminate()

    def status(self) -> Progress:
        """How far the tables are now."""
        seconds = time.monotonic() - self._started
        return Progress(self._finder is not None, self._progress, self._step, round(seconds, 1))

    def propose(self, text: str) -> list[Proposal] | None:
        """Propose by rules and tables together; None while there are no tables."""
        if self._finder is None:
            return None
        with self._one_at_a_time:
            found = list(self._found_by_tables(text))
        return proposals(text, [*found_by_rules(text), *found])

    def _bring_tables(self) -> None:
        while not self._ends.is_set():
            try:
                self._build_and_load()
            except Exception:  # torn file, full disk, no memory: all mean "again"
                self._step = "failed"
                tables.drop(self.cache)
            else:
                return
            self._ends.wait(TRY_AGAIN_SECONDS)

    def _build_and_load(self) -> None:
        if not tables.are_built(self.cache):
            self._build()
        self._progress, self._step = 0.98, "loading"
        self._finder = tables.load(self.cache)
        self._progress, self._step = 1.0, "ready"

    def _build(self) -> None:
        """Run the building beside this process and follow how far it is."""
        command = [sys.executable, "-m", tables.__name__, "--cache", str(self.cache)]
        with subprocess.Popen(  # noqa: S603 - our own module, no text from outside
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as self._builder:
            for line in self._builder.stdout or ():
                progress, _, step = line.strip().partition(" ")
                self._progress, self._step = float(progress), step
        if self._builder.returncode:
            raise subprocess.SubprocessError

    def _found_by_tables(self, text: str) -> Iterator[Finding]:
        known = KnownPhrases(text)
        for found in self._finder.deidentify(text).annotations:
            kind = KINDS.get(found.tag, Kind.PERSON)
            stretches = [(found.start_char, found.end_char)]
            if kind is Kind.PERSON:
                stretches = _people_in(text, found.start_char, found.end_char)
            for start, end in stretches:
                if start < end and not known.cover(start, end):
                    yield Finding(start, end, kind)


def _people_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut "Anouk op de Linde" in two: deduce takes every "op de" for a part of a name."""
    parts = []
    for match in NOT_IN_A_NAME.finditer(text, start, end):
        parts.append(_without_common_words(text, start, match.start()))
        start = match.end()
    return [*parts, _without_common_words(text, start, end)]


def _without_common_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Take words such as "Interview" and "mevrouw" off both ends of a name."""
    stretches = [
        (start + match.start(), start + match.end()) for match in WORD.finditer(text[start:end])
    ]
    while stretches and _is_common(text, stretches[0]):
        stretches.pop(0)
    while stretches and _is_common(text, stretches[-1]):
        stretches.pop()
    return (stretches[0][0], stretches[-1][1]) if stretches else (start, start)


def _is_common(text: str, stretch: tuple[int, int]) -> bool:
    word = text[stretch[0] : stretch[1]].casefold()
    return word in TRIGGERS or (word in COMMON and word not in {"de", "den"})
