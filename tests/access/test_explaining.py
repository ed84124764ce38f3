from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from smartstart.access.explaining import explain
from smartstart.base import clock
from smartstart.programme.models import Pilot
from tests.cast import Cast


def ask(cast: Cast, name: str, *words: str) -> tuple[int, str]:
    out = StringIO()
    try:
        with clock.fixed(cast.now):
            call_command("access", "explain", "--hat", cast.hats[name].ref.hex, *words, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue() + str(error)
    return 0, out.getvalue()


def test_it_says_what_decides(cast: Cast) -> None:
    said = explain(cast.actor("nadia"), Pilot.objects.all(), on=cast.today, pk=cast.pilot_a.pk)

    assert (said.role, said.scope, said.rows, said.sees) == ("project_leader", "pilot", 1, True)
    assert "thread.publish" in said.permissions
    assert said.rule.startswith("Pilots this actor may know exist")
    assert said.sql.startswith("SELECT")
    assert cast.pilot_a.ref in said.values or cast.pilot_a.ref.hex in said.values


@pytest.mark.parametrize(("name", "code"), [("nadia", 0), ("joke", 1), ("els", 0), ("ada", 1)])
def test_the_exit_code_says_whether_it_is_seen(cast: Cast, name: str, code: int) -> None:
    found, said = ask(cast, name, "--model", "programme.Pilot", "--id", str(cast.pilot_a.pk))

    assert found == code
    assert [line.split(":")[0] for line in said.splitlines()[:3]] == ["de rol", "reikt tot", "mag"]
    assert "SQL:          SELECT" in said


def test_without_a_row_it_says_how_many(cast: Cast) -> None:
    assert "ziet rijen:   2" in ask(cast, "els", "--model", "programme.Pilot")[1]


@pytest.mark.parametrize("model", ["programme.Nothing", "nothing", "programme.Region.x"])
def test_what_is_not_there_is_said(cast: Cast, model: str) -> None:
    assert ask(cast, "nadia", "--model", model)[0] == 2


def test_a_model_about_nobody_and_a_hat_that_is_not_worn(cast: Cast) -> None:
    assert ask(cast, "nadia", "--model", "access.Folder")[0] == 2
    cast.hats["nadia"].last_day = cast.in_days(-1)
    cast.hats["nadia"].save()
    assert ask(cast, "nadia", "--model", "programme.Pilot")[0] == 2
