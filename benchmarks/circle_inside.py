"""What is measured inside a filled store: ``python -m benchmarks.circle_inside WHAT``, JSON out.

``doors``: signed-in sessions of mothers, professionals and heavy families, each with its address.
``queries``: how many the circle page asks, ordinary and heavy. ``line``: the page with and without
the ledger, in turns. ``accepts SECONDS ROUNDS``: rounds of a hundred accepts of one offer (0: as
many as fit in the time). ``withdraw``: take back what many read at this moment, and what the ledger
says of it (asked twice, see below).
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import threading
import time
from collections import deque
from datetime import datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartstart.config.settings")
    django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.circle_fill import HEAVY
from smartstart.access.actor import Actor
from smartstart.access.models import Line
from smartstart.access.reading import Reading
from smartstart.base import clock
from smartstart.circle import operations_questions as questions
from smartstart.circle import operations_sharing
from smartstart.circle.models import Circle, Ground, Question
from smartstart.circle.states import GroundKind
from smartstart.people.models import Account, Hat, Position
from smartstart.people.queries import actor_of

DOORS: Final = 100
TRIES, AT_ONCE = 100, 10
PAIRS: Final = 120
METHODS: Final = [{"method": "password"}, {"method": "mfa", "type": "totp"}]


def browser(account: Account) -> Client:
    """Return a browser in which somebody signed in with two keys."""
    client = Client(headers={"Host": "localhost"})
    client.force_login(account)
    session = client.session
    session["account_authentication_methods"] = METHODS
    session["account_authentication_methods_user"] = str(account.pk)
    session["hat"] = Hat.objects.get(account=account).ref.hex
    session.save()
    return client


def door(account: Account, address: str) -> tuple[str, str]:
    """Return an address and the session that may open it."""
    return address, browser(account).cookies["session"].value


def mother_of(circle: Circle) -> Account:
    """Return who opened a circle."""
    return Account.objects.get(person=circle.opened_by)


def page_of(circle: Circle) -> str:
    """Return the address of a circle's page."""
    return reverse("circle:circle", args=[circle.ref])


def doors() -> dict[str, Any]:
    """Sign in who looks while it is measured."""
    homes = Circle.objects.order_by("pk")
    ordinary, heavy = list(homes[:DOORS]), list(homes.order_by("-pk")[:HEAVY])
    workers = Account.objects.filter(username__startswith="w-").order_by("pk")
    today = reverse("circle:today")
    return {
        "circle": [door(mother_of(one), page_of(one)) for one in ordinary],
        "heavy": [door(mother_of(one), page_of(one)) for one in heavy],
        "today": [door(one, today) for one in workers[:DOORS]],
        "first": [door(one, today) for one in workers[DOORS : 2 * DOORS] or workers[:DOORS]],
    }


def queries() -> dict[str, int]:
    """Count what the page asks, without what begins and ends a transaction."""
    homes = Circle.objects.order_by("pk")
    found = {}
    for name, circle in (("ordinary", homes[0]), ("heavy", homes.order_by("-pk")[0])):
        client, address = browser(mother_of(circle)), page_of(circle)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        told = [query["sql"] for query in asked.captured_queries]
        found[name] = len([sql for sql in told if not (sql or "").startswith(("BEGIN", "COMMIT"))])
        if "-v" in sys.argv:
            sys.stderr.write("\n".join(sql[:160] for sql in told) + "\n\n")
    return found


def line() -> dict[str, float]:
    """Load a page with its line and without, in turns; return both medians in ms."""
    circle = Circle.objects.order_by("pk")[1]
    client, address = browser(mother_of(circle)), page_of(circle)
    settle = Reading.settle
    took: dict[bool, list[float]] = {True: [], False: []}
    for number in range(2 * PAIRS + 20):
        writes = number % 2 == 0
        Reading.settle = settle if writes else Reading.close  # type: ignore[method-assign]
        began = time.perf_counter()
        assert client.get(address).status_code == 200
        if number >= 20:
            took[writes].append((time.perf_counter() - began) * 1000)
    Reading.settle = settle  # type: ignore[method-assign]
    return {"with": statistics.median(took[True]), "without": statistics.median(took[False])}


def actor(position: UUID) -> Actor:
    """Return the professional of a function."""
    account = Position.objects.get(ref=position).occupant
    hats = Hat.objects.select_related("account", "organisation__folder", "position")
    hat = hats.get(account=account)
    return actor_of(hat.account, hat, assurance=2, house_folder=None)


def accepts(seconds: float, rounds: int) -> dict[str, Any]:
    """Offer a question from one to the other and back; a hundred accept it at once, each time."""
    seat = Ground.objects.filter(kind=GroundKind.SEAT).order_by("pk")[0]
    near = Ground.objects.filter(kind=GroundKind.SEAT, folder=seat.folder_id)
    pair = list(near.order_by("pk").values_list("receiver", flat=True)[:2])
    question = Question.objects.filter(folder=seat.folder_id, holder__in=pair).order_by("pk")[0]
    if question.holder != pair[0]:  # an earlier run in this store ended on the other
        pair.reverse()
    people = {who: actor(who) for who in pair}
    wrong = many = done = 0
    until = time.monotonic() + seconds
    while done < rounds if rounds else time.monotonic() < until:
        giver, taker = pair[done % 2], pair[1 - done % 2]
        at = clock.now()
        questions.offer(people[giver], question.ref, to=taker, at=at)
        winners, failed = _race(people[taker], question.ref, at)
        wrong, many, done = wrong + failed, many + (winners != 1), done + 1
    return {"rounds": done, "not_one_winner": many, "errors": wrong}


def _race(who: Actor, ref: UUID, at: datetime) -> tuple[int, int]:
    """Return how many of a hundred accepts won, and how many failed in another way."""
    left = deque([partial(questions.accept, who, ref, at=at)] * TRIES)
    won: list[bool] = []
    together = threading.Barrier(AT_ONCE)

    def go() -> None:
        connection.ensure_connection()
        together.wait()
        while left:
            try:
                deed = left.popleft()
            except IndexError:
                break
            won.append(deed().won)
        connection.close()

    threads = [threading.Thread(target=go) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return won.count(True), TRIES - len(won)


def read_by_many() -> dict[str, Any]:
    """Return a question that one reads by a yes on it alone, and the sessions that read it."""
    grounds = Ground.objects.filter(kind=GroundKind.QUESTION, state="granted").order_by("-pk")
    for ground in grounds.iterator():
        near = Ground.objects.filter(folder=ground.folder_id, receiver=ground.receiver)
        if near.count() == 1 and ground.question is not None:
            break
    account = Position.objects.get(ref=ground.receiver).occupant
    assert account is not None
    assert ground.question is not None
    address = reverse("circle:question", args=[ground.question.ref])
    _, session = door(account, address)
    height = ground.folder.height
    return {"ground": ground.pk, "address": address, "session": session, "height": height}


def withdraw(ground_id: int) -> dict[str, Any]:
    """Take it back, as the mother."""
    ground = Ground.objects.select_related("folder").get(pk=ground_id)
    assert ground.given_by is not None
    mother = Account.objects.get(person=ground.given_by)
    hat = Hat.objects.select_related("account", "organisation__folder", "position").get(
        account=mother
    )
    who = actor_of(mother, hat, assurance=2, house_folder=None)
    operations_sharing.take_back(who, ground.ref, at=clock.now())
    return {}


def lines(ground_id: int, height: int) -> dict[str, int]:
    """Count the lines that show the question, before it was taken back and after."""
    ground = Ground.objects.select_related("question").get(pk=ground_id)
    assert ground.question is not None
    rows = Line.objects.filter(folder=ground.folder_id, number__gt=height).order_by("number")
    found = list(rows.values_list("number", "deed", "body"))
    end = min(number for number, deed, _ in found if deed == "consent_withdrawn")
    mark = ground.question.ref.hex.encode()
    read = [number for number, deed, body in found if deed == "read" and mark in bytes(body)]
    return {
        "before": sum(1 for number in read if number < end),
        "after": sum(1 for number in read if number > end),
    }


WHAT: Final = {
    "doors": doors,
    "queries": queries,
    "line": line,
    "read_by_many": read_by_many,
    "accepts": lambda: accepts(float(sys.argv[2]), int(sys.argv[3])),
    "withdraw": lambda: withdraw(int(sys.argv[2])),
    "lines": lambda: lines(int(sys.argv[2]), int(sys.argv[3])),
}

if __name__ == "__main__":
    said: Any = WHAT[sys.argv[1]]
    sys.stdout.write(json.dumps(said()))
