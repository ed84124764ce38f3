"""Somebody tells a story to the pilot of the food bank: checked text, two excerpts, a card.

Run inside the house's own environment; prints as JSON what a journey needs. All invented.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from typing import Any, Final

from tests.e2e.conftest import ROOT, House, surroundings

SAID: Final = "Ik nam elke keer mijn hele map weer mee."
ALSO: Final = "Zij bleef gewoon bij me in de gang."
WORD: Final = "regenjas"
TEXT: Final = f"""Vraag: Hoe ging het aanvragen?

{SAID} Daarna wilde ik niet meer.

Vraag: Wat hielp?

{ALSO} Dat scheelde."""


def told_in(house: House, *, described: str = "moeder, 34 jaar") -> dict[str, Any]:
    """Let somebody tell a story in a running house; interview, excerpts and the code."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.telling", described],
        cwd=ROOT,
        env=surroundings(house.data),
        check=True,
        capture_output=True,
        text=True,
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main(described: str) -> dict[str, Any]:
    """Tell it: as Yara, who leads the pilot."""
    import django

    django.setup()
    from smartstart.access.permissions import Role
    from smartstart.base import clock
    from smartstart.people.models import Hat
    from smartstart.people.queries import actor_of
    from smartstart.programme.models import Pilot
    from smartstart.voices import operations, operations_quotes, operations_story, operations_text
    from smartstart.voices.models import Pseudonym
    from smartstart.voices.states import Layer

    now = clock.now()
    pilot = Pilot.objects.get(slug="voedselbank")
    hat = Hat.objects.select_related("account", "organisation__folder", "position").get(
        account__username="yara", role=Role.PROJECT_LEADER.value, within=pilot.ref
    )
    yara = actor_of(hat.account, hat, assurance=2, house_folder=None)
    interview = operations.plan_interview(
        yara,
        pilot.pk,
        with_whom="Samira Verzonnen",
        described=described,
        planned_on=clock.today(),
        at=now,
    )
    until = clock.today() + timedelta(days=300)
    operations.give_consent(
        yara, interview.pk, layers=(Layer.USE, Layer.QUOTE), keep_until=until, at=now
    )
    transcript = operations_text.import_transcript(
        yara, interview.pk, content=TEXT.encode(), called="gesprek.txt", at=now
    )
    operations_text.propose_pseudonyms(transcript.ref, at=now)
    refs = list(Pseudonym.objects.filter(transcript=transcript).values_list("ref", flat=True))
    operations_text.reject(yara, transcript.pk, pseudonyms=refs, at=now)
    operations_text.finish_pseudonyms(yara, transcript.pk, checked=True, at=now)
    excerpts = []
    for words in (SAID, ALSO):
        start = TEXT.index(words)
        made = operations_quotes.make_excerpt(
            yara, transcript.pk, start=start, end=start + len(words), at=now
        )
        excerpts.append(str(made.ref))
    code = operations_story.make_card(yara, interview.pk, word=WORD, at=now)
    return {"interview": interview.pk, "excerpts": excerpts, "code": code}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1])) + "\n")
