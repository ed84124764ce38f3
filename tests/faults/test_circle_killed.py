"""kill -9 in the middle of random writes in a circle: nothing said is lost, nothing is half."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from smartstart.access.models import Line
from smartstart.access.verify import verify
from smartstart.circle.models import Agreement, Entry, Ground, Question, QuestionStep, Reply
from smartstart.holding.models import State
from tests.circle.asking import Asking, asking
from tests.faults.test_killed import _wait_for_what_the_server_still_does, environment

ROUNDS = int(os.environ.get("SMARTSTART_KILLS", "5"))  # `make soak` sets many
WRITER = Path(__file__).with_name("circle_writer.py")
KINDS = {"entry": Entry, "agreement": Agreement, "question": Question, "reply": Reply}


def test_a_killed_writer_in_a_circle_loses_nothing_and_leaves_nothing_half(
    real_db: object, now: datetime, tmp_path: Path, settings: Any
) -> None:
    home, said, dice = asking(now), tmp_path / "acknowledged", random.Random(7)
    for number in range(ROUNDS):
        _write_and_kill(home, said, number, environment(settings), dice)
        acknowledged = [line.split() for line in said.read_text().splitlines()]
        for kind, model in KINDS.items():
            refs = {UUID(ref) for word, ref in acknowledged if word == kind}
            there = set(model._default_manager.values_list("ref", flat=True))
            assert refs <= there, kind
        assert half_done() == []
        assert verify(key=None).faults == []
    assert {kind for kind, _ in acknowledged} == set(KINDS)


def half_done() -> list[str]:
    """Return what would be half: no line, no ground, no step, no answer, no words."""
    told = b" ".join(bytes(body) for body in Line.objects.values_list("body", flat=True))
    found = [
        f"{kind} {row.ref} without a line or words"
        for kind, model in KINDS.items()
        for row in model._default_manager.all()
        if _told_of(row).encode() not in told
        or not (getattr(row, "words", None) or getattr(row, "goal", None))
    ]
    asked = Question.objects.all()
    grounds, steps = (
        set(rows.values_list("question_id", flat=True))
        for rows in (Ground.objects.exclude(question=None), QuestionStep.objects.all())
    )
    answered = set(Reply.objects.values_list("question_id", flat=True))
    found += [
        f"question {row.ref}"
        for row in asked
        if row.pk not in grounds & steps or (row.state == State.ANSWERED) != (row.pk in answered)
    ]
    return found


def _told_of(row: Any) -> str:
    """Return the reference in the line: an answer is told as a deed on its question."""
    ref: UUID = row.question.ref if isinstance(row, Reply) else row.ref
    return ref.hex


def _write_and_kill(
    home: Asking, said: Path, number: int, around: dict[str, str], dice: random.Random
) -> None:
    before = _lines(said)
    told = [
        *(home.kin.hats[name].ref.hex for name in ("anouk", "fatima")),
        home.kin.parts["here noor"].ref.hex,
        home.ref("fatima").hex,
        home.at.isoformat(),
        str(number),
        str(said),
    ]
    writer = subprocess.Popen([sys.executable, str(WRITER), *told], env=around)
    until = time.monotonic() + 120
    while time.monotonic() < until and _lines(said) < before + len(KINDS):
        assert writer.poll() is None
        time.sleep(0.005)
    time.sleep(dice.uniform(0.0, 0.3))
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    _wait_for_what_the_server_still_does()


def _lines(said: Path) -> int:
    return said.read_text().count("\n") if said.exists() else 0
