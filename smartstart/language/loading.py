"""The first terms, read from the files of this room and put into the dictionary of a house."""

from __future__ import annotations

from django.db import transaction

from smartstart.language.first_terms import first_terms, noted_on, sources
from smartstart.language.models import Meaning, Synonym, Term, Translation
from smartstart.language.operations import as_stored, renew_edition


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
