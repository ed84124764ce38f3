"""What pages ask of the dictionary."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar, cast
from uuid import UUID

from django.db.models import Count, Model, Q, QuerySet, Subquery

from smartstart.access.actor import Actor, require
from smartstart.access.permissions import Permission
from smartstart.base.refusals import NotFound
from smartstart.language import rules
from smartstart.language.models import (
    Meaning,
    Outcome,
    Term,
    TermQuerySet,
    WordEdition,
    WordProposal,
)
from smartstart.language.operations import domain_of, mark_of
from smartstart.language.operations_proposals import VOTE
from smartstart.language.plain import says_what_hurts
from smartstart.language.recognise import Known, Recogniser
from smartstart.people.models import Domain

Row = TypeVar("Row", bound=Model)
LAST_ANSWERS: Final = 50
MOST_TO_SIGN: Final = 20  # meanings on one page
_LEARNED: Final[list[tuple[UUID, Dictionary]]] = []  # one edition at most: words, never a text


@dataclass(frozen=True, slots=True)
class MeaningLine:
    """What a term means in one field; ``signed_as`` is empty while nobody signed."""

    id: int
    domain: str
    domain_name: str
    text: str
    source: str
    source_on: date | None
    signed_as: str
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class TermLine:
    """One term as a page shows it; ``hurt`` counts the people whom the word hurts."""

    id: int
    word: str
    plain: str
    meanings: tuple[MeaningLine, ...]
    synonyms: tuple[str, ...]
    translations: dict[str, str]
    hurt: int


@dataclass(frozen=True, slots=True)
class WordLine:
    """One term in a list."""

    word: str
    plain: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for: words, a field, a first letter; each may be empty."""

    words: str = ""
    domain: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One term as it explains itself in a text: plain word, English word, meaning by field.

    ``for_families``: the meanings without a word that no family screen says.
    """

    word: str
    plain: str
    english: str
    meanings: dict[str, str]
    for_families: dict[str, str]


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The dictionary by heart, to look through texts with."""

    recogniser: Recogniser
    entries: dict[str, Entry]

    def clashes(self, text: str, *, domains: Collection[str]) -> list[rules.Clash]:
        """Find the words that mean different things to these fields."""
        meanings = {word: entry.meanings for word, entry in self.entries.items()}
        return rules.clashes(text, self.recogniser, meanings, domains=domains)


def words(actor: Actor, asked: Asked, *, today: date) -> list[WordLine]:
    """List the terms that are looked for, by word. One query."""
    rows = _looked_for(Term.objects.visible_to(actor, on=today), asked)
    return [WordLine(*row) for row in rows.order_by("word").values_list("word", "plain")]


def _looked_for(rows: TermQuerySet, asked: Asked) -> TermQuerySet:
    if asked.domain:
        rows = rows.filter(meanings__domain=asked.domain)
    if asked.letter:
        rows = rows.filter(word__startswith=asked.letter.casefold())
    for word in asked.words.casefold().split()[:8]:
        also = Q(plain__icontains=word) | Q(synonyms__word__contains=word)
        rows = rows.filter(also | Q(word__contains=word) | Q(forms__contains=word))
    return rows.distinct()


def letters(actor: Actor, *, today: date) -> list[str]:
    """List the first letters that occur. One query."""
    found = Term.objects.visible_to(actor, on=today).values_list("word", flat=True)
    return sorted({word[0] for word in found.order_by()})


def terms(actor: Actor, *, today: date) -> list[TermLine]:
    """List the whole dictionary by word. Four queries however many terms."""
    return list(_lines(Term.objects.visible_to(actor, on=today)))


def term(actor: Actor, word: str, *, today: date) -> TermLine:
    """Answer one term by its word. Raises NotFound. Four queries."""
    rows = Term.objects.visible_to(actor, on=today).filter(word=word.casefold())
    line = next(_lines(rows), None)
    if line is None:
        raise NotFound
    return line


def word_of(actor: Actor, term_id: int, *, today: date) -> str:
    """Return the word of a term. Raises NotFound. One query."""
    return Term.objects.visible_to(actor, on=today).one(term_id).word


def signs_for(actor: Actor) -> str:
    """Return the field whose meanings this actor may sign; empty when none. One query at most."""
    return (domain_of(actor) or "") if actor.may(Permission.TERM_SIGN) else ""


@dataclass(frozen=True, slots=True)
class ToSign:
    """The meanings of one field that nobody signed yet, the first of them; how many are signed."""

    domain_name: str
    first: tuple[tuple[str, MeaningLine], ...]
    left: int
    signed: int


def to_sign(actor: Actor, *, today: date) -> ToSign:
    """List what somebody of this field may sign, by word. Three queries.

    Raises NotFound for who signs in no field.
    """
    domain = signs_for(actor)
    if not domain:
        raise NotFound
    rows = Meaning.objects.visible_to(actor, on=today).filter(domain=domain)
    counted = rows.aggregate(all=Count("pk"), signed=Count("signed_on"))
    unsigned = rows.filter(signed_on=None).select_related("term").order_by("term__word")
    return ToSign(
        domain_name=str(Domain(domain).label),
        first=tuple((row.term.word, _meaning(row)) for row in unsigned[:MOST_TO_SIGN]),
        left=counted["all"] - counted["signed"],
        signed=counted["signed"],
    )


def _lines(rows: TermQuerySet) -> Iterator[TermLine]:
    rows = rows.with_counts().prefetch_related("meanings", "synonyms", "translations")
    for row in rows.order_by("word"):
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
    return MeaningLine(
        id=row.pk,
        domain=row.domain,
        domain_name=str(row.get_domain_display()),
        text=row.text,
        source=row.source,
        source_on=row.source_on,
        signed_as=row.signed_as,
        signed_on=row.signed_on,
    )


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal as a page shows it; ``word`` is the new word or the one it is about."""

    id: int
    about: str
    word: str
    is_new: bool
    domain_name: str
    text: str
    proposed_on: date
    is_shown: bool
    votes: int
    is_own: bool
    outcome: str
    why: str
    decided_on: date | None


def proposals(actor: Actor, *, today: date, waiting: bool = True) -> list[ProposalLine]:
    """List what waits for an answer, or the last answers. Two queries."""
    rows = WordProposal.objects.visible_to(actor, on=today)
    if waiting:
        return _proposals(actor, rows.filter(outcome=Outcome.WAITS))
    decided = rows.exclude(outcome=Outcome.WAITS).order_by("-decided_on", "-id")
    return _proposals(actor, decided[:LAST_ANSWERS])


def waiting(actor: Actor, *, today: date) -> int:
    """Count the proposals that wait, for who may see them. One query."""
    return WordProposal.objects.visible_to(actor, on=today).filter(outcome=Outcome.WAITS).count()


def proposal_to_answer(actor: Actor, proposal_id: int, *, today: date) -> ProposalLine:
    """Answer one proposal, for the keeper. Raises NotFound or NotAllowed. Two queries."""
    rows = WordProposal.objects.visible_to(actor, on=today).filter(pk=proposal_id)
    found = _proposals(actor, rows)
    if not found:
        raise NotFound
    require(actor, Permission.TERM_KEEP)
    return found[0]


def _proposals(actor: Actor, rows: QuerySet[WordProposal]) -> list[ProposalLine]:
    return [
        ProposalLine(
            id=row.pk,
            about=row.about,
            word=row.term.word if row.term else row.word,
            is_new=row.term is None,
            domain_name=str(row.get_domain_display()) if row.domain else "",
            text=row.text,
            proposed_on=row.proposed_on,
            is_shown=row.shown_on is not None,
            votes=len(row.votes_cast.all()),
            is_own=_is_own(actor, row),
            outcome=row.outcome,
            why=row.why,
            decided_on=row.decided_on,
        )
        for row in rows.select_related("term").prefetch_related("votes_cast")
    ]


def _is_own(actor: Actor, row: WordProposal) -> bool:
    """Whether the reader agreed with it; only the reader's own mark can tell."""
    if actor.person is None:
        return False
    own = mark_of(actor, row.ref, VOTE)
    return any(vote.by == own for vote in row.votes_cast.all())


def edition(actor: Actor, *, today: date) -> UUID | None:
    """Return which state the dictionary is in; None when nothing was ever loaded. One query."""
    return WordEdition.objects.visible_to(actor, on=today).values_list("ref", flat=True).first()


def with_edition(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Return these rows, each with ``words_edition``: what ``edition`` answers, for no query."""
    now = Subquery(WordEdition.objects.values("ref")[:1])
    return cast("QuerySet[Row]", rows.annotate(words_edition=now))


def dictionary(actor: Actor, *, today: date, known: UUID | None = None) -> Dictionary:
    """Return the dictionary by heart. One query; two more when it changed since.

    No query for who knows the edition already (``with_edition``), while it is that one. A house
    without an edition has no words: whatever writes one makes an edition.
    """
    now = known or edition(actor, today=today)
    if now is None:
        return Dictionary(Recogniser([]), {})
    for learned_of, by_heart in _LEARNED:
        if learned_of == now:
            return by_heart
    learned = _learn(actor, today=today)
    _LEARNED[:] = [(now, learned)]
    return learned


def _learn(actor: Actor, *, today: date) -> Dictionary:
    rows = Term.objects.visible_to(actor, on=today).prefetch_related("meanings", "translations")
    entries, known = {}, []
    for row in rows.order_by("word"):
        known.append(Known(row.word, row.other_forms))
        meanings = {meaning.domain: meaning.text for meaning in row.meanings.all()}
        entries[row.word] = Entry(
            word=row.word,
            plain=row.plain,
            english=next((t.word for t in row.translations.all() if t.language == "en"), ""),
            meanings=meanings,
            for_families={
                domain: text for domain, text in meanings.items() if not says_what_hurts(text)
            },
        )
    return Dictionary(Recogniser(known), entries)


def clashes_in(
    actor: Actor, text: str, *, domains: Collection[str], today: date
) -> list[rules.Clash]:
    """Warn of words that mean different things to the fields present.

    In text order, each word once; empty when fewer than two fields are present. As many queries
    as ``dictionary``.
    """
    if len(set(domains)) < 2:
        return []
    return dictionary(actor, today=today).clashes(text, domains=domains)
