from datetime import datetime
from functools import partial

import pytest

from tests.faults.cases import CASES
from tests.faults.deeds import DEEDS
from tests.faults.harness import Case, break_everywhere, breaking_files, breaking_statements

pytestmark = pytest.mark.usefixtures("real_db")
every_case = pytest.mark.parametrize("case", [*CASES, *DEEDS], ids=lambda case: case.name)


@every_case
@pytest.mark.parametrize("after", [False, True], ids=["before it", "its answer lost"])
def test_the_store_fails_at_every_statement(case: Case, after: bool, now: datetime) -> None:
    steps = break_everywhere(case, now, partial(breaking_statements, after=after))

    assert steps >= 1


@every_case
def test_the_disk_fails_at_every_file(case: Case, now: datetime) -> None:
    break_everywhere(case, now, breaking_files)


def test_a_deed_in_two_halves_is_found(now: datetime) -> None:
    """The harness itself: a deed without a transaction is caught."""
    from smartstart.access.models import FolderKind
    from smartstart.access.operations import open_folder

    def halves(_made: object, at: datetime) -> None:
        open_folder(FolderKind.VOICE, at=at)
        open_folder(FolderKind.VOICE, at=at)

    case = Case("two folders, no transaction", lambda _: None, halves)

    with pytest.raises(AssertionError, match="half of it stays"):
        break_everywhere(case, now, partial(breaking_statements, after=False))
