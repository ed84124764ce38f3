"""Commands answer in one plain Dutch sentence: what is wrong and what to do."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import (
    CommandError,
    call_command,
    get_commands,
    load_command_class,
)
from django.db import DatabaseError, DataError, IntegrityError, OperationalError

from smartstart.jobs.command import HouseCommand
from smartstart.jobs.terminal import Terminal
from tests.cast import Cast

NOT_THERE = "Er is geen pilot die nergens heet. Kijk welke er zijn: smartstart programme list"
NOBODY_THERE = "Deze pilot, persoon of tekst is er niet. Kijk welke er zijn:"


def typed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Run a command as from a terminal; return its exit code and what it said of a fault."""
    command = load_command_class("smartstart.jobs", words[0])
    with pytest.raises(SystemExit) as ended:
        command.run_from_argv(["smartstart", *words])
    return int(ended.value.code or 0), capsys.readouterr().err.strip()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("people",), "Er ontbreekt nog: way. Kijk met: smartstart people --help"),
        (("people", "card"), "Er ontbreekt nog: name. Kijk met: smartstart people card --help"),
        (
            ("people", "card", "bram", "--nu"),
            "Dit kennen we niet: --nu. Kijk met: smartstart people --help",
        ),
        (
            ("ledger", "cut", "--before", "gisteren"),
            "'gisteren' klopt niet bij --before. Kijk met: smartstart ledger cut --help",
        ),
        (
            ("example", "wis"),
            "'wis' kan hier niet. Kies uit: 'load'. Kijk met: smartstart example --help",
        ),
        (
            ("people", "admin", "bram", "--organisation"),
            "Zet nog iets achter --organisation. Kijk met: smartstart people admin --help",
        ),
    ],
)
def test_words_that_do_not_fit(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    assert typed(capsys, *words) == (2, says)


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("poeple", " Bedoel je: smartstart people?"),
        ("koffie", ""),
    ],
)
def test_a_command_that_is_not_there(
    capsys: pytest.CaptureFixture[str], word: str, says: str
) -> None:
    """Found by a new user: it answered in English."""
    with pytest.raises(SystemExit) as ended:
        Terminal(["smartstart", word]).execute()

    told = f"Er is geen opdracht {word}. Kijk welke er zijn: smartstart help.{says}"
    assert (ended.value.code, capsys.readouterr().err.strip()) == (2, told)


def test_which_commands_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    Terminal(["smartstart"]).execute()

    told = capsys.readouterr().out
    assert told.startswith("Deze opdrachten zijn er. Meer over één: smartstart NAAM --help")
    assert "smartstart voices\n" in told
    assert "runserver" not in told


def test_what_a_command_does_is_told_in_the_language_of_its_answers() -> None:
    """Found by a new user: it answered in Dutch and explained itself in English."""
    ours = sorted(name for name, app in get_commands().items() if app == "smartstart.jobs")
    told = {name: load_command_class("smartstart.jobs", name) for name in ours}
    untold = [n for n, c in told.items() if isinstance(c, HouseCommand) and not c.does]
    assert untold == []

    for name, command in told.items():
        if not isinstance(command, HouseCommand):
            continue
        shown = " ".join(command.create_parser("smartstart", name).format_help().split())
        assert shown.startswith(f"schrijf: smartstart {name}")
        assert "-h, --help laat dit zien en stop" in shown
        assert "--settings" not in shown
        english = {"the", "what", "which", "and", "somebody"} & set(shown.replace(",", "").split())
        assert not english, f"smartstart {name} --help: {shown}"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("programme", "show", "nergens"), NOT_THERE),
        (("thread", "show", "nergens"), NOT_THERE),
        (
            ("voices", "list", "--pilot", "nergens"),
            f"{NOBODY_THERE} smartstart programme list, smartstart people list",
        ),
        (
            ("people", "card", "niemand"),
            "Niets of niemand heeft deze naam. Kijk wie er zijn: smartstart people list",
        ),
        (
            ("programme", "municipality", "GM0855", "Tilburg", "--region", "Nergens"),
            "Deze persoon, regio of gemeente is er niet. Maak die eerst.",
        ),
        (("people", "admin", "ada", "--organisation", "Basisschool De Regenboog"), None),
    ],
)
def test_what_is_not_there(cast: Cast, words: tuple[str, ...], says: str | None) -> None:
    with pytest.raises(CommandError) as said:
        call_command(*words)
    assert said.value.returncode == 1
    assert "bladzijde" not in str(said.value)
    assert str(said.value) == (says or "Deze persoon heeft deze rol al. Je hoeft niets te doen.")


def test_what_was_done_is_said_in_dutch(cast: Cast) -> None:
    def said(*words: str) -> str:
        out = StringIO()
        call_command(*words, stdout=out)
        return out.getvalue()

    assert "Rollen die iets lezen slapen tot iemand ja zegt." in said("people", "card", "bram")
    assert "bram\tresearcher\tBasisschool De Regenboog\t-\tslaapt" in said("people", "list")
    school = ("--organisation", "Basisschool De Regenboog")
    given = said("people", "give", "joke", "programme_office", *school, "--called", "bureau")
    assert given == "De rol is gegeven. De rol slaapt tot iemand die het aangaat ja zegt.\n"
    admin = said("people", "admin", "joke", *school)
    assert admin.endswith("De rol slaapt tot iemand die het aangaat ja zegt.\n")
    assert said("people", "end", "bram").startswith("1 rol is gestopt. Deze persoon")
    assert said("programme", "region", "De regio", "--office", "els").startswith(
        "De regio staat klaar."
    )


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (DataError("too long"), "Dit past niet bij wat er al staat. Kijk na wat je typte."),
        (IntegrityError("twice"), "Dit past niet bij wat er al staat. Kijk na wat je typte."),
        (
            OperationalError("gone"),
            "We kunnen niet bij de gegevens. Is alles klaargezet? Draai: smartstart setup",
        ),
    ],
)
def test_what_the_store_refuses_is_not_called_a_store_that_is_gone(
    error: DatabaseError, says: str
) -> None:
    class Refused(HouseCommand):
        def handle(self, *args: object, **options: object) -> None:
            raise error

    with pytest.raises(CommandError) as said:
        call_command(Refused())

    assert str(said.value) == says
