"""How often the right expertise is among the three that are proposed, and how long that takes.

``make bench-routing``: top-1, top-3 and mean reciprocal rank by field and by language, with
meaning, by words alone, without the lists of single words, and against one drawn at random. One
position for each expertise. The promises are judged on ``routing/strangers_*.tsv``, by a writer who
knew only the names of the expertises; ``routing/held_out_*.tsv`` are by the writer of the taxonomy
and stand beside them. Both must have their committed hashes. ``routing/tuning_*.tsv`` were for
tuning, so overfit shows. ``python -m benchmarks routing`` measures on both databases with 5,000
positions too.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from benchmarks.figure import Figure
from benchmarks.identity import is_as_committed, ready

HERE: Final = Path(__file__).with_suffix("")
SETS: Final = {"tuning": "tuning", "held_out": "held out", "strangers": "stranger"}
JUDGED: Final = "strangers"
OTHERS: Final = ("en", "tr", "ar", "pl")
LEAST_DUTCH, LEAST_OTHER, LEAST_MORE = 85.0, 70.0, 15.0
POSITIONS: Final = 5_000
MOST_MS, MOST_MS_WORDS, MOST_REBUILD_S = 50.0, 20.0, 30.0
CORPUS: Final = "expertises"
NOWHERE: Final = 1_000  # the place of the right one when nothing is proposed
Ranked = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, in which language, and the expertise it is for."""

    language: str
    key: str
    words: str


def questions(name: str) -> list[Asked]:
    """Read the questions of a set."""
    return [
        *(Asked("nl", key, words) for key, _who, words in _lines(f"{name}_nl.tsv")),
        *(Asked(*line) for line in _lines(f"{name}_other.tsv")),
    ]


def _lines(name: str) -> Iterator[list[str]]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


@dataclass(frozen=True, slots=True)
class Score:
    """How a way of ranking did on some questions; shares are of a hundred."""

    count: int
    first: float
    three: float
    reciprocal: float

    def __str__(self) -> str:
        return f"{self.count:5d} {self.first:6.1f} {self.three:6.1f} {self.reciprocal:6.3f}"


def scored(asked: Sequence[Asked], rank: Ranked) -> Score:
    """Score a way of ranking; when it knows nothing of a question that is a miss."""
    ranked = [(rank(one.words), one.key) for one in asked]
    places = [keys.index(key) + 1 if keys else NOWHERE for keys, key in ranked]
    return Score(
        len(places),
        100 * statistics.fmean(place == 1 for place in places),
        100 * statistics.fmean(place <= 3 for place in places),
        statistics.fmean(1 / place for place in places),
    )


def at_random(count: int) -> Score:
    """Return what an expert drawn at random scores, on the average."""
    mean = statistics.fmean(1 / place for place in range(1, count + 1))
    return Score(0, 100 / count, 300 / count, mean)


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways of ranking that are compared, and the field of each expertise."""

    with_meaning: Ranked
    words_only: Ranked
    without_lists: Ranked
    domains: dict[str, str]


@contextmanager
def ways() -> Iterator[Ways]:
    """Make the ways of ranking, with a language helper that has learned the taxonomy."""
    from smartstart.consult.expertise.languages import language_of
    from smartstart.consult.expertise.scoring import Scorer, gathered
    from smartstart.consult.expertise.taxonomy import told
    from smartstart.language import meaning
    from tests.language.processes import running, shared_tables, wait_until

    entries = told()
    says = {one.key: [one.about, *(words for _language, words in one.says)] for one in entries}
    whole, bare = (
        Scorer([gathered(one.key, [*_about_it(one), more(one)], one.says) for one in entries])
        for more in (lambda one: one.words, lambda one: "")
    )
    with running(shared_tables()[0]) as helper:
        wait_until(lambda: meaning.near("", [CORPUS], socket_path=helper.socket) is not None)
        assert meaning.learn(CORPUS, says.items(), stamp="1", socket_path=helper.socket)

        def by(scorer: Scorer, *, means: bool) -> Ranked:
            def rank(words: str) -> list[str]:
                found = meaning.near(words, [CORPUS], socket_path=helper.socket) if means else None
                near = found.near[CORPUS] if found else None
                scores = scorer.scores(words, language=language_of(words), meaning=near)
                return sorted(scores, key=lambda key: -scores[key]) if any(scores.values()) else []

            return rank

        yield Ways(
            by(whole, means=True),
            by(whole, means=False),
            by(bare, means=True),
            {one.key: one.domain for one in entries},
        )


def _about_it(one: Any) -> tuple[str, str, str]:
    return one.about, one.called, one.short


def tell(name: str, found: Ways, out: Any = sys.stderr) -> None:
    """Print every table of a set."""
    asked = questions(name)
    print(f"\n{SETS[name]}: count, top-1 %, top-3 %, mean reciprocal rank", file=out)
    print(f"{'':34}{'with meaning':>27}{'words only':>27}{'without word lists':>27}", file=out)
    groups: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        groups[one.language].append(one)
        if one.language == "nl":
            groups[f"nl, {found.domains[one.key]}"].append(one)
    compared = (found.with_meaning, found.words_only, found.without_lists)
    for group, some in groups.items():
        told = "  ".join(str(scored(some, rank)) for rank in compared)
        print(f"{group:34}{told}", file=out)
    print(f"{'drawn at random':34}{at_random(len(found.domains))}", file=out)


def rows() -> list[dict[str, Any]]:
    """Return the promises about how good; the tables go to the error output."""
    ready()
    is_as_committed(HERE)
    with ways() as found:
        for name in SETS:
            tell(name, found)
        return list(_promises(questions(JUDGED), found))


def _promises(asked: Sequence[Asked], found: Ways) -> Iterator[dict[str, Any]]:
    for language in ("nl", *OTHERS, "uk"):
        some = [one for one in asked if one.language == language]
        best, words = scored(some, found.with_meaning), scored(some, found.words_only)
        least = {"nl": LEAST_DUTCH, "uk": 0.0}.get(language, LEAST_OTHER)
        yield _row(f"{SETS[JUDGED]}, top-3 {language}", len(some), best.three, least)
        if language in OTHERS:
            more = best.three - words.three
            name = f"{SETS[JUDGED]}, top-3 {language}, more than words"
            yield _row(name, len(some), more, LEAST_MORE)


def _row(name: str, size: int, value: float, target: float) -> dict[str, Any]:
    return {
        "room": "routing",
        "name": name,
        "size": size,
        "value": round(value, 2),
        "unit": "%",
        "target": target,
        "floor": 0.0,
        "meets": value >= target,
    }


def measure(*, at: datetime) -> Iterator[Figure]:
    """Rank 5,000 positions in the database in use, with the helper and without it."""
    from django.conf import settings

    from smartstart.consult.expertise import known, operations
    from smartstart.consult.expertise.tasks import teach_helper
    from smartstart.language import meaning
    from tests.language.processes import running, shared_tables, wait_until

    operations.load_expertises()
    near = fill(POSITIONS, at=at)
    before, settings.LANGUAGE_SOCKET = settings.LANGUAGE_SOCKET, Path("/nobody-listens-here.sock")
    begun = time.perf_counter()
    known.up_to_date()
    words_index = time.perf_counter() - begun
    yield Figure("rank, words only", POSITIONS, *_ranking(near, at), MOST_MS_WORDS, 0.0)
    with running(shared_tables()[0], ready=True) as helper:
        settings.LANGUAGE_SOCKET = helper.socket
        wait_until(lambda: meaning.near("", [], socket_path=helper.socket) is not None)
        begun = time.perf_counter()
        assert teach_helper()
        learned = time.perf_counter() - begun + words_index
        yield Figure("rank, with meaning", POSITIONS, *_ranking(near, at), MOST_MS, 0.0)
    settings.LANGUAGE_SOCKET = before
    yield Figure("index made anew", POSITIONS, learned, MOST_REBUILD_S, words_index, unit="s")


def _ranking(near: Any, at: datetime) -> tuple[float]:
    """Return the median milliseconds of a question, as pages ask it."""
    from smartstart.consult.expertise.queries import best_three

    asked = [one.words for one in questions("tuning") if one.language == "nl"][:25]
    taken = []
    for words in [asked[0], *asked]:
        begun = time.perf_counter()
        assert len(best_three(words, language="nl", near=near, at=at)) == 3
        taken.append((time.perf_counter() - begun) * 1000)
    return (statistics.median(taken[1:]),)


def fill(count: int, *, at: datetime) -> Any:
    """Make so many positions with two expertises, hours and words of their own; where one asks."""
    from smartstart.access.models import FolderKind
    from smartstart.access.operations import open_folder
    from smartstart.consult.expertise.known import THROUGH
    from smartstart.consult.expertise.operations import next_edition
    from smartstart.consult.models import Expertise, OpenHours, Profile
    from smartstart.people.models import Account, Domain, Organisation, Position

    account = Account.objects.create_user(f"bench-{uuid4().hex[:8]}", shown_as="Bench")
    folders = [open_folder(FolderKind.ORGANISATION, at=at) for _ in range(40)]
    places = Organisation.objects.bulk_create(
        Organisation(
            name=f"Bench {folder.ref}",
            folder=folder,
            domain=Domain.WELFARE,
            municipality_code=f"GM{number:04d}",
        )
        for number, folder in enumerate(folders)
    )
    made = Position.objects.bulk_create(
        Position(organisation=places[at_ % 40], called=f"Functie {at_}", occupant=account)
        for at_ in range(count)
    )
    number = next_edition()
    expertises = list(Expertise.objects.all())
    profiles = Profile.objects.bulk_create(
        Profile(position=one, about=_about(expertises, at_), version=number)
        for at_, one in enumerate(made)
    )
    THROUGH.objects.bulk_create(_pairs(profiles, expertises, THROUGH))
    OpenHours.objects.bulk_create(_hours(profiles, OpenHours))
    return places[0].ref


def _about(expertises: Sequence[Any], number: int) -> str:
    one, other = (expertises[(number * step) % len(expertises)] for step in (1, 7))
    return f"Ik werk {number % 30 + 5} jaar met {one.short} en ook met {other.short}."


def _pairs(profiles: Iterable[Any], expertises: Sequence[Any], through: Any) -> Iterator[Any]:
    for number, profile in enumerate(profiles):
        for key in {number % len(expertises), (number * 7 + 3) % len(expertises)}:
            yield through(profile=profile, expertise=expertises[key])


def _hours(profiles: Iterable[Any], hours: Any) -> Iterator[Any]:
    from datetime import time as clock

    for number, profile in enumerate(profiles):
        for day in {number % 5, (number + 2) % 5}:
            yield hours(profile=profile, weekday=day, opens=clock(9), closes=clock(16))


def main() -> int:
    """Print the tables and whether the promises are kept."""
    found = rows()
    print()
    for one in found:
        verdict = "ok" if one["meets"] else "NOT MET"
        print(f"{one['name']:38} {one['value']:7.1f} %  promised {one['target']:5.1f} %  {verdict}")
    return 0 if all(one["meets"] for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
