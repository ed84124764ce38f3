"""Who may see what, told a second time: in plain Python, from the design and not from the code.

Sources: the permission table, house.md (rooms, invariants 3 to 5 and 9), product.md (roles), and
what each model says of its readers. A rule takes the world, the actor and a row, and says yes or
no. Nothing here asks the database or calls a queryset.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from django.db import models

from smartstart.access.actor import Actor
from smartstart.access.permissions import Role
from smartstart.consult import models as consult
from smartstart.language import models as language
from smartstart.people import models as people
from smartstart.post import models as post
from smartstart.programme import models as programme
from smartstart.thread import models as thread
from smartstart.voices import models as voices
from tests.access import worlds_findings, worlds_sessions
from tests.access.worlds import World

Rule = Callable[[World, Actor, Any], bool]

TEAM = {Role.PROJECT_LEADER, Role.FACILITATOR, Role.RESEARCHER}
RESEARCH = {Role.PROJECT_LEADER, Role.RESEARCHER}


def everyone(world: World, actor: Actor, row: Any) -> bool:
    return True


def nobody(world: World, actor: Actor, row: Any) -> bool:
    return False


def by_id(world: World, model: type[models.Model], pk: int) -> Any:
    return world.by_id[model, pk]


# the pilot


def wears_hat_in(world: World, actor: Actor, pilot: Any) -> bool:
    """The hat is for this pilot and is worn today: its first and last day count."""
    if actor.within != pilot.ref:
        return False
    return any(
        hat.within == pilot.ref
        and hat.from_day <= world.today
        and (hat.last_day is None or world.today <= hat.last_day)
        for hat in world.rows[people.Hat]
        if hat.ref == actor.hat
    )


def is_inside(world: World, actor: Actor, pilot: Any) -> bool:
    """The team, and the programme office for its overview. Who thinks along is not the team."""
    if actor.role is Role.PROGRAMME_OFFICE:
        return True
    return actor.role in TEAM and wears_hat_in(world, actor, pilot)


def pilot(world: World, actor: Actor, row: Any) -> bool:
    proposer = row.proposed_by
    return (
        row.is_public
        or is_inside(world, actor, row)
        or (actor.role is Role.MEEDENKER and wears_hat_in(world, actor, row))
        or (proposer is not None and actor.account == proposer.ref)
    )


def of_pilot(world: World, actor: Actor, row: Any) -> bool:
    return pilot(world, actor, by_id(world, programme.Pilot, row.pilot_id))


def inside_pilot(world: World, actor: Actor, row: Any) -> bool:
    return is_inside(world, actor, by_id(world, programme.Pilot, row.pilot_id))


def published_or_inside(world: World, actor: Actor, row: Any) -> bool:
    its = by_id(world, programme.Pilot, row.pilot_id)
    return (row.is_public and its.is_public) or is_inside(world, actor, its)


def proposal(world: World, actor: Actor, row: Any) -> bool:
    """Its readers, as the model says: the programme office; the project leader once accepted."""
    leads = actor.role is Role.PROJECT_LEADER and inside_pilot(world, actor, row)
    return actor.role is Role.PROGRAMME_OFFICE or leads


# voices


def does_research(world: World, actor: Actor, its: Any) -> bool:
    return actor.role in RESEARCH and wears_hat_in(world, actor, its)


def interview(world: World, actor: Actor, row: Any) -> bool:
    if actor.role is Role.INTERVIEWEE:
        return bool(actor.within == row.ref)
    return does_research(world, actor, by_id(world, programme.Pilot, row.pilot_id))


def consent_stands(world: World, voice: Any) -> bool:
    """From the day it was given up to and including the last day, unless taken back."""
    return bool(
        voice.use
        and voice.withdrawn_on is None
        and voice.given_on <= world.today <= voice.keep_until
    )


def _voice(world: World, row: Any) -> Any:
    return by_id(world, voices.Interview, row.interview_id)


def always_of_interview(world: World, actor: Actor, row: Any) -> bool:
    return interview(world, actor, _voice(world, row))


def of_interview(world: World, actor: Actor, row: Any) -> bool:
    voice = _voice(world, row)
    return interview(world, actor, voice) and consent_stands(world, voice)


def transcript(world: World, actor: Actor, row: Any) -> bool:
    """The whole text is for who does research, not for the page of the person."""
    return actor.role is not Role.INTERVIEWEE and of_interview(world, actor, row)


def of_transcript(world: World, actor: Actor, row: Any) -> bool:
    return transcript(world, actor, by_id(world, voices.Transcript, row.transcript_id))


def of_round(world: World, actor: Actor, row: Any) -> bool:
    return of_transcript(world, actor, by_id(world, voices.CodingRound, row.round_id))


def coding(world: World, actor: Actor, row: Any) -> bool:
    """In a blind round nobody sees another's work before everyone is ready."""
    its = by_id(world, voices.CodingRound, row.round_id)
    is_shown = not its.is_blind or its.everyone_ready_at is not None
    return of_transcript(world, actor, row) and (is_shown or row.coder == actor.hat)


def code(world: World, actor: Actor, row: Any) -> bool:
    """One that was made during a blind round is for its maker, while it hides."""
    inside = does_research(world, actor, by_id(world, programme.Pilot, row.pilot_id))
    return inside and (row.hidden_in_id is None or row.made_by == actor.hat)


def excerpt(world: World, actor: Actor, row: Any) -> bool:
    """The whole team works with pieces; the person sees their own; others see none."""
    voice = _voice(world, row)
    its = by_id(world, programme.Pilot, voice.pilot_id)
    if actor.role is Role.INTERVIEWEE:
        return actor.within == voice.ref and consent_stands(world, voice)
    in_team = actor.role in TEAM and wears_hat_in(world, actor, its)
    return in_team and consent_stands(world, voice)


def approval(world: World, actor: Actor, row: Any) -> bool:
    return excerpt(world, actor, by_id(world, voices.Excerpt, row.excerpt_id))


# the thread


def rests_on(world: World, row: Any, source: Any) -> bool:
    """Whether a knot comes from this voice, by any way down."""
    if row.source == source:
        return True
    lower = [tie.lower_id for tie in world.rows[thread.Tie] if tie.upper_id == row.pk]
    return any(rests_on(world, by_id(world, thread.Knot, pk), source) for pk in lower)


def knot(world: World, actor: Actor, row: Any) -> bool:
    its = by_id(world, programme.Pilot, row.pilot_id)
    if row.audience == "public" and its.is_public:
        return True
    if actor.role in TEAM:
        return wears_hat_in(world, actor, its)
    if actor.role is Role.MEEDENKER:
        return row.audience != "team" and wears_hat_in(world, actor, its)
    if actor.role is Role.INTERVIEWEE and actor.within is not None:
        return rests_on(world, row, actor.within)
    return False


def of_knot(world: World, actor: Actor, row: Any) -> bool:
    return knot(world, actor, by_id(world, thread.Knot, row.knot_id))


def tie(world: World, actor: Actor, row: Any) -> bool:
    ends = (by_id(world, thread.Knot, pk) for pk in (row.lower_id, row.upper_id))
    return all(knot(world, actor, end) for end in ends)


# people and post


def of_organisation(world: World, actor: Actor, row: Any) -> bool:
    """Only who administers an organisation sees who wears what there."""
    home = row.organisation
    return (
        actor.role is Role.ADMINISTRATOR
        and home is not None
        and actor.organisation is not None
        and home.ref == actor.organisation
    )


def restore(world: World, actor: Actor, row: Any) -> bool:
    """Colleagues: any of them may be asked to be the second person."""
    return actor.hat is not None and actor.organisation == row.organisation.ref


def mailbox(world: World, actor: Actor, row: Any) -> bool:
    return bool(actor.account == row.account.ref)


def of_the_office(world: World, actor: Actor, row: Any) -> bool:
    return actor.role is Role.PROGRAMME_OFFICE


def word_proposal(world: World, actor: Actor, row: Any) -> bool:
    """Keepers read them all, who signed in what a keeper looked at, a visitor what came in."""
    if actor.role in {Role.PROGRAMME_OFFICE}:
        return True
    looked_at = row.outcome != "waits" or row.shown_on is not None
    return row.outcome == "taken" if actor.role is Role.VISITOR else looked_at


def draft_of_an_answer(world: World, actor: Actor, row: Any) -> bool:
    """Waits for a second person of another organisation."""
    is_elsewhere = actor.organisation is not None and actor.organisation != row.organisation
    return actor.role is Role.PROFESSIONAL and is_elsewhere


RULES: dict[type[models.Model], Rule] = {
    programme.Pilot: pilot,
    programme.Proposal: proposal,
    programme.QuestionVersion: of_pilot,
    programme.EvidenceMark: of_pilot,
    programme.StandChange: of_pilot,
    programme.Deviation: of_pilot,
    programme.Decision: published_or_inside,
    programme.EthicsNote: inside_pilot,
    programme.DataRequest: of_pilot,
    programme.PilotFigure: of_pilot,
    programme.TookPart: of_pilot,
    programme.Lesson: published_or_inside,
    programme.LessonAnswer: of_pilot,
    thread.Knot: knot,
    thread.Tie: tie,
    thread.PublishedWords: of_knot,
    thread.GapReason: of_knot,
    **dict.fromkeys(thread.THINGS.values(), of_knot),
    voices.Interview: interview,
    voices.Consent: always_of_interview,
    voices.StoryCard: always_of_interview,
    voices.Transcript: transcript,
    voices.Pseudonym: of_transcript,
    voices.Code: code,
    voices.CodingRound: of_transcript,
    voices.RoundCoder: of_round,
    voices.Coding: coding,
    voices.MergeDecision: of_round,
    voices.Excerpt: excerpt,
    voices.QuoteApproval: approval,
    voices.SaidBack: of_interview,
    people.Position: of_organisation,
    people.Hat: of_organisation,
    people.Invitation: of_organisation,
    people.Restore: restore,
    post.Mailbox: mailbox,
    language.Term: everyone,
    language.Meaning: everyone,
    language.Synonym: everyone,
    language.Translation: everyone,
    language.HurtfulMark: nobody,
    language.WordEdition: everyone,
    language.WordProposal: word_proposal,
    language.WordVote: nobody,
    consult.Tally: of_the_office,
    consult.AnswerDraft: draft_of_an_answer,
    consult.LearnedAnswer: everyone,
    # Nobody in these worlds has a function: who reads a question stands in tests/consult.
    **dict.fromkeys((consult.Exchange, consult.Remark, consult.Turn), nobody),
    **dict.fromkeys(
        (
            consult.Expertise,
            consult.Saying,
            consult.Profile,
            consult.OpenHours,
            consult.Reach,
            consult.Edition,
        ),
        everyone,
    ),
}

RULES |= worlds_findings.rules(sys.modules[__name__])
RULES |= worlds_sessions.rules(sys.modules[__name__])


def seen(world: World, actor: Actor, model: type[models.Model]) -> set[int]:
    """Return the ids of the rows of a model that this actor may know of."""
    return {row.pk for row in world.rows[model] if RULES[model](world, actor, row)}
