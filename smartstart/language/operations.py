"""What people do with the dictionary: write, sign, mark a word as hurtful."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

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
    WordIsThere,
)
from smartstart.language.models import HurtfulMark, Meaning, Term, WordEdition
from smartstart.people.models import Domain, Organisation


@transaction.atomic
def add_term(actor: Actor, word: str, *, plain: str, forms: Sequence[str], now: datetime) -> Term:
    """Put a word in the dictionary; it has no meaning in any field yet.

    Writes one Term and one line in the house's ledger. Raises NotAllowed or WordIsThere.
    """
    require(actor, Permission.TERM_KEEP)
    term = new_term(word, plain=plain, forms=forms)
    note(actor, Deed.MADE, folders=[house_folder(at=now).pk], at=now, on=[term.ref])
    return term


@transaction.atomic
def change_term(
    actor: Actor, term_id: int, *, plain: str, forms: Sequence[str], now: datetime
) -> Term:
    """Say a word otherwise to families, or tell other ways of writing it.

    Writes the Term and one line in the house's ledger. Raises NotFound or NotAllowed.
    """
    term = Term.objects.visible_to(actor, on=day_of(now)).one(term_id, lock=True)
    require(actor, Permission.TERM_KEEP)
    term.plain, term.forms = plain.strip(), as_stored(forms)
    term.save()
    renew_edition()
    note(actor, Deed.CHANGED, folders=[house_folder(at=now).pk], at=now, on=[term.ref])
    return term


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
    renew_edition()
    note(actor, Deed.MADE, folders=[house_folder(at=now).pk], at=now, on=[meaning.ref])
    return meaning


@transaction.atomic
def change_meaning(actor: Actor, meaning_id: int, *, text: str, now: datetime) -> Meaning:
    """Give a meaning another text; its signature goes, because it was under the old one.

    Writes the Meaning and one line in the house's ledger. Raises NotFound or NotAllowed.
    """
    meaning = Meaning.objects.visible_to(actor, on=day_of(now)).one(meaning_id, lock=True)
    require(actor, Permission.TERM_WRITE)
    reword(meaning, text)
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
    if meaning.domain != domain_of(actor):
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
    HurtfulMark.objects.get_or_create(term=term, by=mark_of(actor, term.ref, "hurtful mark"))


@transaction.atomic
def take_back_mark(actor: Actor, term_id: int, *, today: date) -> None:
    """Take one's own mark off a word; without a mark nothing happens.

    Removes one HurtfulMark and writes no line. Raises NotFound or NotAllowed.
    """
    term = Term.objects.visible_to(actor, on=today).one(term_id)
    require(actor, Permission.TERM_MARK_HURTFUL)
    HurtfulMark.objects.filter(term=term, by=mark_of(actor, term.ref, "hurtful mark")).delete()


def new_term(word: str, *, plain: str, forms: Sequence[str] = ()) -> Term:
    """Make a term, inside the transaction of an operation. Raises WordIsThere."""
    word = " ".join(word.casefold().split())
    try:
        with transaction.atomic():
            term = Term.objects.create(word=word, plain=plain.strip(), forms=as_stored(forms))
    except IntegrityError as error:
        if Term.objects.filter(word=word).exists():
            raise WordIsThere from error
        raise
    renew_edition()
    return term


def reword(meaning: Meaning, text: str) -> None:
    """Give a meaning another text, inside a transaction; its signature and source go with the old.

    They were under, and of, what it said before.
    """
    meaning.text, meaning.source, meaning.source_on = text.strip(), "", None
    meaning.signed_by, meaning.signed_as, meaning.signed_on = None, "", None
    meaning.save()
    renew_edition()


def as_stored(forms: Sequence[str]) -> str:
    """Return ways of writing as a term keeps them."""
    return " ".join("_".join(form.casefold().split()) for form in forms if form.strip())


def renew_edition() -> None:
    """Tell every process that the dictionary changed, when this transaction is kept."""
    WordEdition.objects.update_or_create(pk=1, defaults={"ref": uuid4()})


def domain_of(actor: Actor) -> str | None:
    """Answer the field of the organisation that the actor acts for. One query."""
    if actor.organisation is None:
        return None
    found = Organisation.objects.filter(ref=actor.organisation).values_list("domain", flat=True)
    return found.first()


def mark_of(actor: Actor, ref: UUID, what: str) -> UUID:
    """Make the mark of this person on a row: the same each time, and like no other mark."""
    if actor.person is None:
        raise NotAllowed
    said = what.encode() + ref.bytes + actor.person.bytes
    return UUID(bytes=hmac.digest(settings.SECRET_KEY.encode(), said, "sha256")[:16])
