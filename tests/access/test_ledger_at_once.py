"""Several writers at once: no line is lost, no number given twice, nobody waits in a ring."""

import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import combinations
from uuid import uuid4

from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from smartstart.access.actor import Actor
from smartstart.access.checkpoints import make_checkpoint
from smartstart.access.ledger import Deed, Entry, append, note
from smartstart.access.models import Checkpoint, Folder, FolderKind, Line
from smartstart.access.operations import change_rules, open_folder
from smartstart.access.permissions import Role
from smartstart.access.signing import signing_key
from smartstart.access.verify import verify
from smartstart.base.refusals import RulesChanged
from smartstart.config.sqlite.base import LONG, LONGEST, SHORTEST, pause

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SOMEBODY = Actor(role=Role.RESEARCHER, account=uuid4(), hat=uuid4())


class Beside(threading.Thread):
    """A deed in a thread with a connection of its own; ``said`` is what it raised."""

    def __init__(self, deed: Callable[[], object]) -> None:
        super().__init__()
        self._deed = deed
        self.said: BaseException | None = None

    def run(self) -> None:
        try:
            self._deed()
        except BaseException as error:
            self.said = error
        finally:
            connections.close_all()

    def waits(self) -> bool:
        """Whether it has not come through after a third of a second."""
        self.join(0.3)
        return self.is_alive()


def read(folder: Folder, *, rules: int) -> Callable[[], None]:
    entry = Entry(Deed.READ)
    return lambda: append(SOMEBODY, [(folder.pk, entry)], at=NOW, stands={folder.pk: rules})


def test_who_waited_goes_on_from_the_newest_line(real_db: object) -> None:
    folder = open_folder(FolderKind.VOICE, at=NOW)
    waiting = [Beside(read(folder, rules=1)) for _ in range(3)]
    with transaction.atomic():
        note(SOMEBODY, Deed.CHANGED, folders=[folder.pk], at=NOW)
        for thread in waiting:
            thread.start()
        assert [thread.waits() for thread in waiting] == [True, True, True]
    for thread in waiting:
        thread.join(20)

    assert [thread.said for thread in waiting] == [None, None, None]
    assert list(Line.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]
    assert verify(key=None).faults == []


def test_who_waited_hears_that_the_rules_changed_and_writes_nothing(real_db: object) -> None:
    folder, other = (open_folder(FolderKind.VOICE, at=NOW) for _ in range(2))
    entries = [(folder.pk, Entry(Deed.READ)), (other.pk, Entry(Deed.READ))]
    both = Beside(lambda: append(SOMEBODY, entries, at=NOW, stands={folder.pk: 1, other.pk: 1}))
    one = Beside(read(other, rules=1))
    with transaction.atomic():
        change_rules([other.pk])
        both.start()
        one.start()
        assert all([both.waits(), one.waits()])
    both.join(20)
    one.join(20)

    assert [type(both.said), type(one.said)] == [RulesChanged, RulesChanged]
    assert Line.objects.count() == 0


def test_who_holds_the_folder_already_does_not_queue_behind_who_waits_for_it(
    real_db: object,
) -> None:
    """Erasing changes the folder's row first and writes its line last; a reader waits between."""
    folder = open_folder(FolderKind.VOICE, at=NOW)
    waiting = Beside(read(folder, rules=1))
    with transaction.atomic():
        Folder.objects.filter(pk=folder.pk).update(erased_at=NOW)
        waiting.start()
        assert waiting.waits()
        note(SOMEBODY, Deed.ERASED, folders=[folder.pk], at=NOW, rules_changed=[folder.pk])
    waiting.join(20)

    assert isinstance(waiting.said, RulesChanged)
    assert [line.deed for line in Line.objects.all()] == ["erased"]


def test_a_checkpoint_and_a_deed_do_not_wait_for_each_other(real_db: object) -> None:
    """A checkpoint holds the folders in the order in which lines do, whatever their references."""
    folders = [open_folder(FolderKind.VOICE, at=NOW) for _ in range(9)]
    first, last = next(
        (a, b) for a, b in combinations(folders, 2) if a.ref.hex > b.ref.hex and a.pk < b.pk
    )
    note(SOMEBODY, Deed.READ, folders=[first.pk, last.pk], at=NOW)
    signing = Beside(lambda: make_checkpoint(at=NOW))
    with transaction.atomic():
        note(SOMEBODY, Deed.READ, folders=[first.pk], at=NOW)
        signing.start()
        assert signing.waits()
        note(SOMEBODY, Deed.READ, folders=[last.pk], at=NOW)
    signing.join(20)

    assert signing.said is None
    assert [checkpoint.size for checkpoint in Checkpoint.objects.all()] == [2]
    assert verify(key=signing_key().public_key()).faults == []


def test_many_writers_of_several_chains_lose_nothing(real_db: object) -> None:
    folders = [open_folder(FolderKind.VOICE, at=NOW).pk for _ in range(4)]
    rounds = 15

    def writes(seed: int) -> Callable[[], None]:
        dice = random.Random(seed)

        def deed() -> None:
            for _ in range(rounds):
                picked = dice.sample(folders, dice.randint(1, 4))
                append(SOMEBODY, [(id_, Entry(Deed.READ)) for id_ in picked], at=NOW)

        return deed

    threads = [Beside(writes(seed)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert [thread.said for thread in threads] == [None] * 6
    dice = [random.Random(seed) for seed in range(6)]
    wanted = sum(len(d.sample(folders, d.randint(1, 4))) for d in dice for _ in range(rounds))
    report = verify(key=None)
    assert (report.faults, report.lines) == ([], wanted)


def test_a_line_alone_is_one_journey_with_its_commit(real_db: object) -> None:
    folder = open_folder(FolderKind.VOICE, at=NOW)
    with CaptureQueriesContext(connection) as asked:
        note(SOMEBODY, Deed.READ, folders=[folder.pk], at=NOW)

    said = [query["sql"].split()[0] for query in asked]
    assert said == (
        ["SELECT", "INSERT", "UPDATE", "COMMIT"] if connection.vendor == "sqlite" else ["SELECT"]
    )
    assert Line.objects.count() == 1


@given(waited=st.floats(0, LONG), longer=st.floats(0, LONG))
def test_who_waited_longer_asks_more_often(waited: float, longer: float) -> None:
    waited, longer = sorted((waited, longer))

    assert LONGEST >= pause(waited) >= pause(longer) >= SHORTEST
    assert SHORTEST < pause(LONG + waited + 0.001) < LONGEST
