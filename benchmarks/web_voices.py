"""The coding page through the door: open a very long coded text, save one coding.

Promises: a text of 300,000 characters with 1,000 codings below 300 ms server time; saving a coding,
with sign-in, consent check and ledger line, p50 at most 10 ms and p95 at most 20 ms. Everything
counts: middleware, session, view, template, the door's own transaction. Floors: the same page when
its text has one sentence, and one committed row.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import transaction
from django.test import Client
from django.urls import reverse

from benchmarks.voices import (
    CHARACTERS,
    CODINGS,
    OPEN_MS,
    SAVE_P50_MS,
    SAVE_P95_MS,
    Measured,
    _times,
    checked,
    code_much,
    researcher,
)
from smartstart.access.actor import Actor
from smartstart.access.models import Folder
from smartstart.people.models import Account
from smartstart.voices import operations_codebook, operations_coding
from smartstart.voices.models import Code, CodingRound

BY_SCRIPT = {"HX-Request": "true"}


def signed_in(actor: Actor) -> Client:
    """A browser of this person, with two keys."""
    assert actor.account is not None
    account = Account.objects.get(ref=actor.account)
    client = Client(headers={"Host": "localhost"})
    client.force_login(account)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password"},
        {"method": "mfa", "type": "totp"},
    ]
    session["account_authentication_methods_user"] = str(account.pk)
    assert actor.hat
    session["hat"] = actor.hat.hex
    session.save()
    return client


def opened(actor: Actor, pilot: int, *, characters: int, at: datetime) -> CodingRound:
    """A round on a text of this length."""
    from smartstart.programme.models import Pilot

    transcript = checked(Pilot.objects.get(pk=pilot), actor, characters=characters, at=at)
    assert actor.hat
    return operations_coding.open_round(actor, transcript.pk, coders=[actor.hat], at=at)


def measure(*, at: datetime) -> Iterator[Measured]:
    """Measure both promises in the database that is in use; it must really commit."""
    pilot, actor = researcher(at=at)
    codes = [
        operations_codebook.add_code(actor, pilot.pk, name=f"Code {number}", at=at)
        for number in range(9)
    ]
    client = signed_in(actor)
    long, short = (opened(actor, pilot.pk, characters=n, at=at) for n in (CHARACTERS, 300))
    code_much(long, codes, actor.hat, at=at)
    value, floor = (statistics.median(_times(_open(client, one), 9)) for one in (long, short))
    yield Measured("page of a text with codings", CHARACTERS, value, OPEN_MS, floor)
    yield from _saving(client, long, codes, at=at)


def _open(client: Client, round_: CodingRound) -> Callable[[], None]:
    address = reverse("voices:coding", args=[round_.transcript.interview_id])

    def look() -> None:
        response = client.get(address)
        assert response.status_code == 200, response.status_code

    return look


def _saving(
    client: Client, round_: CodingRound, codes: list[Code], *, at: datetime
) -> Iterator[Measured]:
    address = reverse("voices:save", args=[round_.transcript.interview_id])
    places = iter(range(1, 10_000))

    def save() -> None:
        start = next(places)
        form = {"round": round_.ref, "code": codes[0].ref, "start": start, "end": start + 40}
        response = client.post(address, form, headers=BY_SCRIPT)
        assert response.status_code == 200, response.status_code

    def commit() -> None:
        with transaction.atomic():
            Folder.objects.filter(pk=round_.transcript.folder_id).update(opened_at=at)

    taken, floor = sorted(_times(save, 200)), statistics.median(_times(commit, 200))
    yield Measured("save a coding in the browser, p50", CODINGS, taken[100], SAVE_P50_MS, floor)
    yield Measured("save a coding in the browser, p95", CODINGS, taken[190], SAVE_P95_MS, floor)
