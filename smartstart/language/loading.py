"""The first terms, read from the files of this room and put into the dictionary of a house."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from smartstart.language.models import Meaning, Synonym, Term, Translation
from smartstart.language.operations import as_stored, renew_edition

TERMS: Final = Path(__file__).with_name("terms")
SOURCES: Final = "sources.toml"


@transaction.atomic
def load_terms() -> int:
    """Load the first set of terms; answer how many were new.

    What is there stays as people wrote it: a term that exists is left alone, so loading twice
    is loading once. One query to look, six to write. Nobody has signed what comes from a file.
    """
    there = set(Term.objects.values_list("word", flat=True))
    told = [entry for entry in first_terms() if entry["word"] not in there]
    if not told:
        return 0
    terms = Term.objects.bulk_create(
        Term(word=entry["word"], forms=as_stored(entry.get("forms", [])), plain=entry["plain"])
        for entry in told
    )
    pairs = list(zip(terms, told, strict=True))
    Meaning.objects.bulk_create(
        Meaning(
            term=term,
            domain=domain,
            text=meaning["says"],
            source=sources()[meaning["source"]],
            source_on=noted_on(),
        )
        for term, entry in pairs
        for domain, meaning in entry["means"].items()
    )
    Synonym.objects.bulk_create(
        Synonym(term=term, word=word) for term, entry in pairs for word in entry.get("synonyms", [])
    )
    Translation.objects.bulk_create(
        Translation(term=term, language=language, word=word)
        for term, entry in pairs
        for language, word in entry["translations"].items()
    )
    renew_edition()
    return len(terms)


@cache
def first_terms() -> tuple[dict[str, Any], ...]:
    """Return the terms of the files, by file: word, forms, plain, synonyms, translations, means."""
    files = sorted(path for path in TERMS.glob("*.toml") if path.name != SOURCES)
    return tuple(entry for path in files for entry in _read(path.name)["term"])


def sources() -> dict[str, str]:
    """Return by key where a meaning can be checked."""
    found: dict[str, str] = _read(SOURCES)["sources"]
    return found


def noted_on() -> date:
    """Return the day on which the sources were written down."""
    day: date = _read(SOURCES)["noted_on"]
    return day


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((TERMS / name).read_text(encoding="utf-8"))
