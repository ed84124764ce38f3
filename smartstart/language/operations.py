"""What people do with the dictionary: write, sign, mark a word as hurtful, load a first set."""

from __future__ import annotations

import hmac
import json
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.operations import house_folder
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotAllowed
from smartstart.language.errors import (
    MeaningHasChanged,
    MeaningIsSigned,
    MeaningIsThere,
    NotOfThisField,
)
from smartstart.language.models import HurtfulMark, Meaning, Synonym, Term, Translation
from smartstart.people.models import Domain, Organisation

STARTER_TERMS = Path(__file__).with_name("starter_terms.json")


@transaction.atomic
def add_meaning(actor: Actor, term_id: int, *, domain: Domain, text: str, now: datetime) -> Meaning:
    """Say what a term means in one field; nobody has signed it yet.

    Writes one Meaning and one line in the house's ledger. Raises NotFound, NotAllowed or
    MeaningIsThere, in that order.
    """
    term = Term.objects.visible_to(actor, on=day_of(now)).one(term_id, lock=True)
    require(actor, Permission.TERM_WRITE)
    try:
        with transaction.atomic():
            meaning = Meaning.objects.create(term=term, domain=domain, text=text.strip())
    except IntegrityError as error:
        if term.meanings.filter(domain=domain).exists():
            raise MeaningIsThere from error
        raise
    note(actor, Deed.MADE, folders=[house_folder(at=now).pk], at=now, on=[meaning.ref])
    return meaning


@transaction.atomic
def change_meaning(actor: Actor, meaning_id: int, *, text: str, now: datetime) -> Meaning:
    """Give a meaning another text; its signature goes, because it was under the old one.

    Writes the Meaning and one line in the house's ledger. Raises NotFound or NotAllowed.
    """
    meaning = Meaning.objects.visible_to(actor, on=day_of(now)).one(meaning_id, lock=True)
    require(actor, Permission.TERM_WRITE)
    meaning.text = text.strip()
    meaning.signed_by, meaning.signed_as, meaning.signed_on = None, "", None
    meaning.save()
    note(actor, Deed.CHANGED, folders=[house_folder(at=now).pk], at=now, on=[meaning.ref])
    return meaning


@transaction.atomic
def sign(
    actor: Actor, meaning_id: int, *, as_function: str, text_read: str, now: datetime
) -> Meaning:
    """Stand behind a meaning as somebody of its field; shown as a function, never as a name.

    ``text_read`` is the text that the person saw. Writes the Meaning and one line in the house's
    ledger. Raises NotFound, NotAllowed, NotOfThisField, MeaningIsSigned or MeaningHasChanged.
    """
    meaning = Meaning.objects.visible_to(actor, on=day_of(now)).one(meaning_id, lock=True)
    require(actor, Permission.TERM_SIGN)
    if meaning.domain != _domain_of(actor):
        raise NotOfThisField
    if meaning.signed_by is not None:
        raise MeaningIsSigned
    if meaning.text != text_read:
        raise MeaningHasChanged
    meaning.signed_by, meaning.signed_as = actor.person, as_function.strip()
    meaning.signed_on = day_of(now)
    meaning.save(update_fields=["signed_by", "signed_as", "signed_on"])
    note(actor, Deed.APPROVED, folders=[house_folder(at=now).pk], at=now, on=[meaning.ref])
    return meaning


@transaction.atomic
def mark_hurtful(actor: Actor, term_id: int, *, today: date) -> None:
    """Say that a word hurts; a second time changes nothing.

    Writes one HurtfulMark and no line: a line would say who it was. Raises NotFound, NotAllowed.
    """
    term = Term.objects.visible_to(actor, on=today).one(term_id)
    require(actor, Permission.TERM_MARK_HURTFUL)
    HurtfulMark.objects.get_or_create(term=term, by=_mark_of(actor, term))


@transaction.atomic
def take_back_mark(actor: Actor, term_id: int, *, today: date) -> None:
    """Take one's own mark off a word; without a mark nothing happens.

    Removes one HurtfulMark and writes no line. Raises NotFound or NotAllowed.
    """
    term = Term.objects.visible_to(actor, on=today).one(term_id)
    require(actor, Permission.TERM_MARK_HURTFUL)
    HurtfulMark.objects.filter(term=term, by=_mark_of(actor, term)).delete()


@transaction.atomic
def load_terms() -> int:
    """Load the first set of terms; answer how many were new.

    What is there stays as people wrote it: a term that exists is left alone, so loading twice
    is loading once. One query to look, four to write.
    """
    there = set(Term.objects.values_list("word", flat=True))
    told = [entry for entry in _starter_terms() if entry["word"] not in there]
    terms = Term.objects.bulk_create(
        Term(word=entry["word"], forms=" ".join(entry["forms"]), plain=entry["plain"])
        for entry in told
    )
    pairs = list(zip(terms, told, strict=True))
    Meaning.objects.bulk_create(
        Meaning(term=term, domain=domain, text=text)
        for term, entry in pairs
        for domain, text in entry["meanings"].items()
    )
    Synonym.objects.bulk_create(
        Synonym(term=term, word=word) for term, entry in pairs for word in entry["synonyms"]
    )
    Translation.objects.bulk_create(
        Translation(term=term, language=language, word=word)
        for term, entry in pairs
        for language, word in entry["translations"].items()
    )
    return len(terms)


@cache
def _starter_terms() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(STARTER_TERMS.read_text(encoding="utf-8")))


def _domain_of(actor: Actor) -> str | None:
    """Answer the field of the organisation that the actor acts for. One query."""
    if actor.organisation is None:
        return None
    found = Organisation.objects.filter(ref=actor.organisation).values_list("domain", flat=True)
    return found.first()


def _mark_of(actor: Actor, term: Term) -> UUID:
    """Make the mark of this person on this term: the same each time, and like no other mark."""
    if actor.person is None:
        raise NotAllowed
    said = b"hurtful mark" + term.ref.bytes + actor.person.bytes
    return UUID(bytes=hmac.digest(settings.SECRET_KEY.encode(), said, "sha256")[:16])
