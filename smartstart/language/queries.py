"""What pages ask of the dictionary."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from smartstart.access.actor import Actor
from smartstart.language import rules
from smartstart.language.models import Meaning, Term


@dataclass(frozen=True)
class MeaningLine:
    """What a term means in one field; ``signed_as`` is empty while nobody signed."""

    id: int
    domain: str
    domain_name: str
    text: str
    signed_as: str
    signed_on: date | None


@dataclass(frozen=True)
class TermLine:
    """One term as a page shows it; ``hurt`` counts the people whom the word hurts."""

    id: int
    word: str
    plain: str
    meanings: tuple[MeaningLine, ...]
    synonyms: tuple[str, ...]
    translations: dict[str, str]
    hurt: int


def terms(actor: Actor, *, today: date) -> list[TermLine]:
    """List the whole dictionary by word. Four queries however many terms."""
    return list(_lines(actor, today=today))


def term(actor: Actor, term_id: int, *, today: date) -> TermLine:
    """Answer one term. Raises NotFound. Five queries."""
    found = Term.objects.visible_to(actor, on=today).one(term_id)
    return next(_lines(actor, today=today, only=found.pk))


def _lines(actor: Actor, *, today: date, only: int | None = None) -> Iterator[TermLine]:
    rows = Term.objects.visible_to(actor, on=today).with_counts()
    rows = rows.prefetch_related("meanings", "synonyms", "translations").order_by("word")
    for row in rows if only is None else rows.filter(pk=only):
        yield TermLine(
            id=row.pk,
            word=row.word,
            plain=row.plain,
            meanings=tuple(_meaning(meaning) for meaning in row.meanings.all()),
            synonyms=tuple(synonym.word for synonym in row.synonyms.all()),
            translations={item.language: item.word for item in row.translations.all()},
            hurt=row.hurt,
        )


def _meaning(row: Meaning) -> MeaningLine:
    name = str(row.get_domain_display())
    return MeaningLine(row.pk, row.domain, name, row.text, row.signed_as, row.signed_on)


def clashes_in(
    actor: Actor, text: str, *, domains: Collection[str], today: date
) -> list[rules.Clash]:
    """Warn of words that mean different things to the fields present. One query.

    In text order, each word once; empty when fewer than two fields are present.
    """
    if len(set(domains)) < 2:
        return []
    rows = Meaning.objects.visible_to(actor, on=today).filter(domain__in=domains)
    known = [
        rules.Known(word, frozenset(forms.split()), domain, meaning)
        for word, forms, domain, meaning in rows.values_list(
            "term__word", "term__forms", "domain", "text"
        )
    ]
    return rules.clashes(text, known, domains=domains)
