"""What people propose for the dictionary, who agrees, and what the keeper of the words decides.

Proposing, voting and marking write no line: nothing of anybody is read, and a line would say who
it was. A decision writes one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction

from smartstart.access.actor import Actor, require
from smartstart.access.ledger import Deed, note
from smartstart.access.operations import house_folder
from smartstart.access.permissions import Permission
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotAllowed
from smartstart.language.errors import ItTellsWho, ProposalIsDecided, WordIsThere
from smartstart.language.models import About, Meaning, Outcome, Term, WordProposal, WordVote
from smartstart.language.names.proposals import Kind
from smartstart.language.names.rules import found_by_rules
from smartstart.language.operations import mark_of, new_term, renew_edition, reword

VOTE = "vote for a word"
CERTAIN: Final = frozenset({Kind.PHONE, Kind.MAIL, Kind.BSN})


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody proposes: a new ``word``, or about ``term``; see ``WordProposal``."""

    about: About
    text: str
    term: int | None = None
    word: str = ""
    domain: str = ""


@transaction.atomic
def propose(actor: Actor, told: Told, *, ref: UUID | None = None, today: date) -> WordProposal:
    """Propose something for the dictionary; everybody may, also without an account.

    Sent twice with one ``ref`` it is one proposal. Only the keeper of the words reads it, until
    ``show_proposal``. Raises ItTellsWho, NotFound or WordIsThere. Writes one WordProposal and no
    line.
    """
    if has_a_number_of_somebody(f"{told.word}\n{told.text}"):
        raise ItTellsWho
    word = " ".join(told.word.casefold().split())
    term = Term.objects.visible_to(actor, on=today).one(told.term) if told.term else None
    if term is None and Term.objects.filter(word=word).exists():
        raise WordIsThere
    proposal, _made = WordProposal.objects.get_or_create(
        ref=ref or uuid4(),
        defaults={
            "about": told.about,
            "term": term,
            "word": word,
            "domain": told.domain,
            "text": told.text.strip(),
            "proposed_on": today,
        },
    )
    return proposal


def has_a_number_of_somebody(text: str) -> bool:
    """Whether a phone number, mail address or BSN stands in it, by its own form: no guess."""
    return any(found.kind in CERTAIN for found in found_by_rules(text))


@transaction.atomic
def show_proposal(actor: Actor, proposal_id: int, *, now: datetime) -> WordProposal:
    """Let others read a proposal and say whether they agree: the keeper looked at it.

    A second time changes nothing. Writes the WordProposal and one line in the house's ledger.
    Raises NotFound, NotAllowed or ProposalIsDecided.
    """
    proposal = _to_decide(actor, proposal_id, now=now)
    if proposal.shown_on is None:
        proposal.shown_on = day_of(now)
        proposal.save(update_fields=["shown_on"])
        note(actor, Deed.CHANGED, folders=[house_folder(at=now).pk], at=now, on=[proposal.ref])
    return proposal


@transaction.atomic
def remove_proposal(actor: Actor, proposal_id: int, *, now: datetime) -> None:
    """Take away what should never have been written: who it is about, or what hurts.

    Removes the WordProposal with its votes and writes one line, without words. Raises as
    ``show_proposal`` does.
    """
    proposal = _to_decide(actor, proposal_id, now=now)
    ref = proposal.ref
    proposal.delete()
    note(actor, Deed.REMOVED, folders=[house_folder(at=now).pk], at=now, on=[ref])


@transaction.atomic
def vote(actor: Actor, proposal_id: int, *, today: date) -> None:
    """Agree with a proposal that waits; a second time changes nothing.

    Writes one WordVote and no line. Raises NotFound, NotAllowed or ProposalIsDecided.
    """
    proposal = _waiting(actor, proposal_id, today=today)
    WordVote.objects.get_or_create(proposal=proposal, by=mark_of(actor, proposal.ref, VOTE))


@transaction.atomic
def take_back_vote(actor: Actor, proposal_id: int, *, today: date) -> None:
    """Agree no longer; without a vote nothing happens. Raises as ``vote`` does."""
    proposal = _waiting(actor, proposal_id, today=today)
    by = mark_of(actor, proposal.ref, VOTE)
    WordVote.objects.filter(proposal=proposal, by=by).delete()


def _waiting(actor: Actor, proposal_id: int, *, today: date) -> WordProposal:
    proposal = WordProposal.objects.visible_to(actor, on=today).one(proposal_id, lock=True)
    if actor.is_visitor or actor.person is None:
        raise NotAllowed
    if proposal.outcome != Outcome.WAITS:
        raise ProposalIsDecided
    return proposal


@transaction.atomic
def take_proposal(actor: Actor, proposal_id: int, *, why: str, now: datetime) -> WordProposal:
    """Put what is proposed in the dictionary, with the reason. Nobody has signed it yet.

    Writes the term or meaning, the WordProposal and one line in the house's ledger. Raises
    NotFound, NotAllowed, ProposalIsDecided or WordIsThere.
    """
    proposal = _to_decide(actor, proposal_id, now=now)
    _put_in(proposal)
    return _decided(actor, proposal, Outcome.TAKEN, why=why, now=now)


@transaction.atomic
def leave_proposal(actor: Actor, proposal_id: int, *, why: str, now: datetime) -> WordProposal:
    """Say no to a proposal, with the reason.

    Writes the WordProposal and one line in the house's ledger. Raises NotFound, NotAllowed or
    ProposalIsDecided.
    """
    proposal = _to_decide(actor, proposal_id, now=now)
    return _decided(actor, proposal, Outcome.NOT_TAKEN, why=why, now=now)


def _to_decide(actor: Actor, proposal_id: int, *, now: datetime) -> WordProposal:
    proposals = WordProposal.objects.visible_to(actor, on=day_of(now))
    proposal = proposals.one(proposal_id, lock=True)
    require(actor, Permission.TERM_KEEP)
    if proposal.outcome != Outcome.WAITS:
        raise ProposalIsDecided
    return proposal


def _put_in(proposal: WordProposal) -> None:
    if proposal.term is None:
        term = new_term(proposal.word, plain=proposal.text[:120])
        if proposal.domain:
            Meaning.objects.create(term=term, domain=proposal.domain, text=proposal.text)
    elif proposal.about == About.PLAIN:
        proposal.term.plain = proposal.text[:120]
        proposal.term.save(update_fields=["plain"])
    else:
        meaning = Meaning.objects.filter(term=proposal.term, domain=proposal.domain).first()
        reword(meaning or Meaning(term=proposal.term, domain=proposal.domain), proposal.text)
    renew_edition()


def _decided(
    actor: Actor, proposal: WordProposal, outcome: Outcome, *, why: str, now: datetime
) -> WordProposal:
    proposal.outcome, proposal.why, proposal.decided_on = outcome, why.strip(), day_of(now)
    proposal.save(update_fields=["outcome", "why", "decided_on"])
    deed = Deed.APPROVED if outcome == Outcome.TAKEN else Deed.CHANGED
    note(actor, deed, folders=[house_folder(at=now).pk], at=now, on=[proposal.ref])
    return proposal
