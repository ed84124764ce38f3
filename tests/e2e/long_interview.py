"""Run in a house of its own: put an interview of 300,000 characters with 1,000 codings in it.

``python -m tests.e2e.long_interview`` with the surroundings of that house; prints its number.
"""

from __future__ import annotations

import sys

import django

django.setup()

from benchmarks.voices import CHARACTERS, checked, code_much  # noqa: E402 - Django comes first
from smartstart.access.operations import house_folder  # noqa: E402
from smartstart.base import clock  # noqa: E402
from smartstart.people.models import Hat  # noqa: E402
from smartstart.people.queries import actor_of  # noqa: E402
from smartstart.programme.models import Pilot  # noqa: E402
from smartstart.voices import operations_coding  # noqa: E402
from smartstart.voices.models import Code  # noqa: E402


def main() -> int:
    at = clock.now()
    pilot = Pilot.objects.get(slug="voedselbank")
    hat = Hat.objects.select_related("account", "organisation").get(
        account__username="omar", within=pilot.ref
    )
    omar = actor_of(hat.account, hat, assurance=2, house_folder=house_folder(at=at).pk)
    transcript = checked(pilot, omar, characters=CHARACTERS, at=at)
    round_ = operations_coding.open_round(omar, transcript.pk, coders=[hat.ref], at=at)
    code_much(round_, list(Code.objects.filter(pilot=pilot)), hat.ref, at=at)
    return transcript.interview_id


if __name__ == "__main__":
    sys.stdout.write(f"{main()}\n")
