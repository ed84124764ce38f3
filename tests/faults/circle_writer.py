"""A process that writes, asks and answers in a circle until it is killed, and says what it did."""

from __future__ import annotations

import os
import random
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from uuid import UUID

import django

DEEDS = ("entry", "question", "reply", "agreement")

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "smartstart.config.settings"
    django.setup()

    from smartstart.base.clock import day_of
    from smartstart.circle import operations_meetings as meetings
    from smartstart.circle import operations_questions as questions
    from smartstart.circle import operations_words as words
    from smartstart.people.queries import actor_wearing

    mother, worker, part, asked = (UUID(told) for told in sys.argv[1:5])
    at = datetime.fromisoformat(sys.argv[5]).astimezone(UTC)
    writes, works = (actor_wearing(hat, on=day_of(at)) for hat in (mother, worker))
    assert writes is not None
    assert works is not None
    dice = random.Random(int(sys.argv[6]))
    with Path(sys.argv[7]).open("a", buffering=1) as acknowledged:
        for number in count():
            deed = DEEDS[number] if number < len(DEEDS) else dice.choice(DEEDS)  # each once, first
            if deed == "entry":
                made = words.write_entry(writes, part, words="Ze slaapt.", at=at).ref
            elif deed == "agreement":
                review = day_of(at) + meetings.LOOK_AGAIN
                made = words.make_agreement(
                    writes, part, goal="Slapen", review_on=review, at=at
                ).ref
            else:
                question = questions.ask_question(
                    writes, part, to=asked, title="Slapen", words="Wat helpt?", at=at
                )
                made = question.ref
                if deed == "reply":
                    made = questions.answer(works, question.ref, words="Rust.", at=at).ref
            acknowledged.write(f"{deed} {made.hex}\n")
