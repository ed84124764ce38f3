"""A yes is taken back while others load the page: nothing that leaves after it shows a word."""

from __future__ import annotations

import threading
from contextvars import copy_context
from datetime import datetime

from django.db import connection
from django.urls import reverse

from smartstart.access.models import Line
from smartstart.base import clock
from smartstart.base.clock import HERE
from smartstart.circle.models import Question
from smartstart.circle.operations_sharing import take_back
from tests.circle.asking import Asking, asking
from tests.circle.kin import enter_kin
from tests.engines import Store

READERS, AFTER = 4, 2
AT = datetime(2026, 11, 17, 14, 0, tzinfo=HERE)
SECRET = b"Noor slaapt pas om elf uur."


class Readers:
    """Each loads the page until it was taken back, and twice more."""

    def __init__(self, home: Asking, question: Question) -> None:
        self.address = reverse("circle:question", args=[question.ref])
        self.clients = [enter_kin(home.kin, "fatima") for _ in range(READERS)]
        self.first = threading.Barrier(READERS + 1)
        self.is_taken_back = threading.Event()
        self.shown: list[bool] = []
        self.wrong: list[BaseException] = []

    def read(self, number: int) -> None:
        try:
            self._read(number)
        except BaseException as error:
            self.wrong.append(error)
            self.first.abort()
        finally:
            connection.close()

    def _read(self, number: int) -> None:
        self.shown.append(SECRET in self.clients[number].get(self.address).content)
        self.first.wait(60)
        left = AFTER
        while left:
            left -= self.is_taken_back.is_set()
            self.shown.append(SECRET in self.clients[number].get(self.address).content)


def test_no_answer_whose_line_comes_after_it_shows_the_words(real_db: Store) -> None:
    with clock.fixed(AT):
        home = asking(AT)
        question = home.ask()
        readers = Readers(home, question)
        threads = [
            threading.Thread(target=copy_context().run, args=(readers.read, number))
            for number in range(READERS)  # each with the clock that stands still
        ]
        for thread in threads:
            thread.start()
        readers.first.wait(60)
        take_back(home.actor("anouk"), home.ground(question, "fatima").ref, at=AT)
        readers.is_taken_back.set()
        for thread in threads:
            thread.join(120)

    assert readers.wrong == []
    lines = Line.objects.filter(folder=question.folder).order_by("number")
    told = [(line.deed, question.ref.hex.encode() in bytes(line.body)) for line in lines]
    end = [deed for deed, _ in told].index("consent_withdrawn")
    shows = [deed == "read" and about for deed, about in told]
    assert sum(shows[:end]) == readers.shown.count(True) >= READERS
    assert not any(shows[end:])
    assert readers.shown.count(False) >= READERS * AFTER
