"""Two invented stories in the pilot of the food bank, and what one of them led to.

Everything goes through the operations that people use: planned, agreed, imported, names replaced,
coded blind by two, merged, told back and approved by who told it, published. The second story
is checked and waits for two coders.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.operations import house_folder
from smartstart.access.permissions import Role
from smartstart.access.reading import open_for_deed
from smartstart.base.clock import day_of
from smartstart.people.example import give_hat
from smartstart.people.models import Hat
from smartstart.people.queries import actor_of
from smartstart.programme.example import FOOD_BANK, INTERVIEW, told
from smartstart.programme.models import Pilot
from smartstart.thread import operations as thread
from smartstart.thread.kinds import Kind, Lack
from smartstart.voices import (
    operations,
    operations_codebook,
    operations_coding,
    operations_quotes,
    operations_story,
    operations_text,
    rules,
)
from smartstart.voices.models import Coding, CodingRound, Excerpt, Interview, Transcript
from smartstart.voices.rules import Layer
from smartstart.voices.states import Choice

HERE: Final = Path(__file__).parent
YEAR: Final = timedelta(days=365)

# What no rule can know: a person reads the text and replaces these.
NAMES: Final = {
    "Marloes": "[moeder]",
    "Fenna": "[dochter]",
    "Daan": "[zoon]",
    "Truus": "[buurvrouw]",
    "Annelies": "[juf]",
    "Ineke": "[vrijwilliger]",
    "Rijen": "[dorp]",
    "Breda": "[stad]",
    "Wendy": "[zus]",
    "Milan": "[zoon]",
}
CODES: Final = (
    ("schaamte", "Zich klein voelen of iets verbergen."),
    ("opnieuw vertellen", "Hetzelfde verhaal aan nog iemand."),
    ("ernaast", "Iemand die meegaat en niets hoeft te weten."),
    ("zelf kiezen", "Zelf bepalen wat er eerst gebeurt."),
    ("te laat", "Een moment waarop eerder iets had gekund."),
)
# Code and words, as the first coder marked them; the last one only the first coder saw.
MARKED: Final = (
    ("opnieuw vertellen", "Ik vertelde het vijf keer, aan vijf mensen."),
    ("schaamte", "Je gaat je schamen. Je wordt je eigen dossier."),
    ("te laat", "Niemand vroeg: lukt het thuis?"),
    ("ernaast", "Toen kwam er iemand naast me zitten. Niet tegenover me."),
    ("zelf kiezen", "Dat was de eerste keer dat ik iets mocht kiezen."),
)
QUOTED: Final = (
    "Ik vertelde het vijf keer, aan vijf mensen.",
    "Toen kwam er iemand naast me zitten. Niet tegenover me.",
)


@dataclass(frozen=True, slots=True)
class Team:
    """Who works on it: the project leader and two researchers, under their hats of this pilot."""

    yara: Actor
    omar: Actor
    lin: Actor


def load(*, at: datetime) -> None:
    """Load both stories; a second time changes nothing.

    The people and the pilot must be there already.
    """
    pilot = Pilot.objects.filter(slug=FOOD_BANK, is_example=True).first()
    if pilot is None or Interview.objects.filter(pilot=pilot).exists():
        return
    team = Team(*(_actor(name, pilot, at=at) for name in ("yara", "omar", "lin")))
    for name, description in CODES:
        operations_codebook.add_code(team.yara, pilot.pk, name=name, description=description, at=at)
    text = _checked(team, pilot, "Esra", "moeder, 34 jaar", INTERVIEW, at=at)
    merged = _coded(team, text, at=at)
    give_hat(
        "esra",
        Role.INTERVIEWEE,
        within=merged.transcript.interview.ref,
        called="verteller",
        place="",
        at=at,
    )
    _led_to(team, pilot, text, at=at)
    other = _checked(team, pilot, "Ron", "vader, 41 jaar", HERE / "gesprek-vader.txt", at=at)
    _round(team, other, at=at)


def _actor(username: str, pilot: Pilot, *, at: datetime) -> Actor:
    hat = Hat.objects.select_related("account", "organisation").get(
        account__username=username, account__is_example=True, within=pilot.ref
    )
    return actor_of(hat.account, hat, assurance=2, house_folder=house_folder(at=at).pk)


def _checked(
    team: Team, pilot: Pilot, whom: str, described: str, file: Path, *, at: datetime
) -> Transcript:
    """Plan a talk, note the yes, import the text and replace the names in it."""
    today = day_of(at)
    interview = operations.plan_interview(
        team.yara, pilot.pk, with_whom=whom, described=described, planned_on=today, at=at
    )
    operations.give_consent(
        team.yara,
        interview.pk,
        layers=(Layer.USE, Layer.QUOTE),
        keep_until=today + YEAR,
        at=at,
    )
    words = file.read_text(encoding="utf-8")
    transcript = operations_text.import_transcript(
        team.yara, interview.pk, content=words.encode(), called=file.name, at=at
    )
    operations_text.propose_pseudonyms(transcript.ref, at=at)
    proposed = list(transcript.pseudonyms.values_list("ref", flat=True))
    operations_text.confirm(team.yara, transcript.pk, pseudonyms=proposed, at=at)
    _replace_names(team.yara, transcript, at=at)
    return operations_text.finish_pseudonyms(team.yara, transcript.pk, checked=True, at=at)


def _replace_names(actor: Actor, transcript: Transcript, *, at: datetime) -> None:
    """Replace every name that nobody proposed yet, wherever it stands."""
    transcript = Transcript.objects.select_related("folder").get(pk=transcript.pk)
    words = open_for_deed(transcript, "original")
    taken = list(transcript.pseudonyms.values_list("start", "end"))
    for name, instead in NAMES.items():
        places = [found.span() for found in re.finditer(rf"\b{name}\b", words)]
        free = [place for place in places if not rules.collide([place], taken)]
        if free:
            operations_text.add_pseudonyms(actor, transcript.pk, free, replacement=instead, at=at)


def _round(team: Team, transcript: Transcript, *, at: datetime) -> CodingRound:
    coders = [actor.hat for actor in (team.omar, team.lin) if actor.hat]
    return operations_coding.open_round(team.yara, transcript.pk, coders=coders, at=at)


def _coded(team: Team, transcript: Transcript, *, at: datetime) -> CodingRound:
    """Code blind by two, who differ once; talk it over and merge."""
    round_ = _round(team, transcript, at=at)
    seen: list[Coding] = []
    for actor, marked in ((team.omar, MARKED), (team.lin, MARKED[:-1])):
        seen += [_mark(actor, round_, code, words, at=at) for code, words in marked]
        operations_coding.ready(actor, round_.ref, at=at)
    only_omar = seen[len(MARKED) - 1]
    operations_coding.choose(
        team.yara, round_.ref, first=only_omar.ref, second=None, choice=Choice.FIRST, at=at
    )
    return operations_coding.merge(team.yara, round_.ref, at=at)


def _mark(actor: Actor, round_: CodingRound, code: str, words: str, *, at: datetime) -> Coding:
    start, end = _place(round_.transcript, words)
    found = round_.transcript.interview.pilot.codes.get(name=code)
    return operations_coding.code_passage(
        actor, round_.ref, code=found.ref, start=start, end=end, at=at
    )


def _place(transcript: Transcript, words: str) -> tuple[int, int]:
    start = open_for_deed(transcript, "text").index(words)
    return start, start + len(words)


def _led_to(team: Team, pilot: Pilot, transcript: Transcript, *, at: datetime) -> None:
    """From two quotes to a published solution that says what it still lacks."""
    quotes = [_quote(team, transcript, words, at=at) for words in QUOTED]
    said = next(about for about in told() if about["slug"] == FOOD_BANK)["solution"]
    insight = _write(
        team,
        pilot,
        Kind.INSIGHT,
        "Iemand die ernaast zit, helpt meer dan iemand die vraagt.",
        [quote.knot.ref for quote in quotes],
        at=at,
    )
    question = _write(
        team,
        pilot,
        Kind.HOW_MIGHT_WE,
        "Hoe kunnen we zorgen dat een ouder het verhaal één keer vertelt?",
        [insight],
        at=at,
    )
    idea = _write(team, pilot, Kind.IDEA, "Een maatje naast de hulpverlener.", [question], at=at)
    concept = thread.write(
        team.yara,
        pilot.pk,
        Kind.CONCEPT,
        title=said["name"],
        form={
            "words": said["what"],
            **{name: said[name] for name in _FORM},
        },
        rests_on=[idea],
        at=at,
    ).knot.ref
    why = "De gemeente telt dit nog niet. We vroegen het op 19 oktober."
    thread.explain_gap(team.yara, concept, Lack.FIGURE, words=why, at=at)
    thread.publish(team.yara, concept, at=at)


_FORM: Final = ("goal", "principles", "data_used", "test_results", "developed_with")


def _write(
    team: Team, pilot: Pilot, kind: Kind, title: str, rests_on: Sequence[UUID], *, at: datetime
) -> UUID:
    written = thread.write(team.yara, pilot.pk, kind, title=title, rests_on=rests_on, at=at)
    return written.knot.ref


def _quote(team: Team, transcript: Transcript, words: str, *, at: datetime) -> Excerpt:
    """Take a piece out, ask who told it, and let her say yes."""
    start, end = _place(transcript, words)
    excerpt = operations_quotes.make_excerpt(team.yara, transcript.pk, start=start, end=end, at=at)
    asked = operations_quotes.ask_approval(team.yara, excerpt.ref, at=at)
    interview = transcript.interview.ref
    teller = Actor(role=Role.INTERVIEWEE, within=interview, person=interview, assurance=2)
    operations_story.approve_quote(teller, asked.ref, words=words, at=at)
    return excerpt
