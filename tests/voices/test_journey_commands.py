"""The same journey without a browser, with real exit codes and plain sentences."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from smartstart.access.models import Line
from smartstart.jobs import worker
from smartstart.people import example
from smartstart.voices import exchange
from smartstart.voices.models import Coding, Interview, Pseudonym, Transcript
from smartstart.voices.states import InterviewState
from tests.voices.booth import TEXT, Booth

pytestmark = pytest.mark.django_db


@pytest.fixture
def say(booth: Booth, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setenv("SMARTSTART_PASSWORD", "een lang geheim")

    def say(*words: str) -> str:
        out = StringIO()
        call_command("voices", *words, stdout=out)
        return out.getvalue()

    return say


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "gesprek.txt"
    path.write_text(TEXT)
    return path


def test_from_a_file_to_a_coded_project_and_back_to_nothing(
    say: object, file: Path, tmp_path: Path
) -> None:
    pilot = ("--pilot", "pilot-a")
    assert callable(say)
    told = say("import", str(file), *pilot, "--consent", "use,quote", "--described", "vader, 41")
    assert "Namen die wachten op een mens: 2." in told
    assert "De Wit" in say("confirm", "1", *pilot)
    with pytest.raises(CommandError, match="De lijst met namen is nog niet klaar"):
        say("names", "1", *pilot)
    assert "kan gecodeerd worden" in say("confirm", "1", *pilot, "--all", "--checked")
    with pytest.raises(CommandError, match="Kies één of twee mensen"):
        say("open", "1", *pilot, "--coders", "bram,bram")  # by hand: it was opened for one
    assert "Het coderen kan beginnen" in say("open", "1", *pilot, "--coders", "nadia,bram")
    for who in ("nadia", "bram"):
        words = ("--code", "Schaamte", "--at", "41:75", "--as", who)
        assert say("code", "1", *pilot, *words) == "Bewaard.\n"
    say("ready", "1", *pilot)
    assert "Jullie zien nu elkaars werk" in say("ready", "1", *pilot, "--as", "bram")
    assert say("list", *pilot) == "1\tverteld\tquote,use\tvader, 41\n"
    for end in (".qdpx", ".qdc", ".csv"):
        say("export", *pilot, "--to", str(tmp_path / f"out{end}"))
    project = exchange.read_project((tmp_path / "out.qdpx").read_bytes())
    assert [len(source.selections) for source in project.sources] == [2]
    assert Line.objects.filter(deed="exported").exists()
    assert "De woorden zijn weg" in say("withdraw", "1", *pilot, "--yes")
    assert Interview.objects.get().state == InterviewState.WITHDRAWN
    assert Coding.objects.count() == 0
    assert "teruggenomen" in say("list", *pilot)
    assert say("sweep").endswith("nu weg zijn: 0.\n")


def test_a_store_that_goes_after_the_text_came_in_takes_the_news_of_it_along(
    say: object, file: Path
) -> None:
    """Found by breaking it: only an error was said, and who tried again had it twice."""
    assert callable(say)
    out = StringIO()

    def refuse(execute: Any, sql: str, told: Any, many: bool, context: Any) -> Any:
        if sql.startswith('INSERT INTO "voices_pseudonym"'):
            raise DatabaseError("the store is gone")
        return execute(sql, told, many, context)

    words = ("--pilot", "pilot-a", "--consent", "use", "--described", "vader, 41")
    with connection.execute_wrapper(refuse), pytest.raises(CommandError):
        call_command("voices", "import", str(file), *words, stdout=out)

    assert out.getvalue() == "Gesprek 1 is bewaard.\n"
    worker.do_all_waiting()
    assert Pseudonym.objects.count() == 2, "the names are looked for by a task as well"


def test_it_refuses_in_one_sentence_and_with_an_exit_code(
    say: object, file: Path, tmp_path: Path, booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(say)
    pilot = ("--pilot", "pilot-a", "--consent", "use", "--described", "vader, 41")
    with pytest.raises(CommandError) as gone:
        say("import", str(tmp_path / "niets.txt"), *pilot)
    assert gone.value.returncode == 2
    file.write_bytes(b"")
    with pytest.raises(CommandError) as empty:
        say("import", str(file), *pilot)
    assert empty.value.returncode == 1
    assert (Interview.objects.count(), Transcript.objects.count()) == (0, 0)
    for words in (("--pilot", "nergens"), ("--pilot", "pilot-a", "--as", "joke")):
        with pytest.raises(CommandError):
            say("list", *words)
    with pytest.raises(CommandError):
        say("code", "9", "--pilot", "pilot-a", "--code", "x", "--at", "1:2")
    with pytest.raises(CommandError):
        say("export", "--pilot", "pilot-a", "--to", str(tmp_path / "out.doc"))
    taken = Line.objects.filter(deed="exported")
    with pytest.raises(CommandError, match=r"Er is geen map .*weg\. Maak die eerst"):
        say("export", "--pilot", "pilot-a", "--to", str(tmp_path / "weg" / "out.csv"))
    assert not taken.exists()
    (tmp_path / "vol.csv").mkdir()
    with pytest.raises(CommandError, match=r"vol\.csv kan niet gelezen of geschreven worden"):
        say("export", "--pilot", "pilot-a", "--to", str(tmp_path / "vol.csv"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--consent", "use"), "zonder naam: --described 'moeder, 34'"),
        (("--consent", "use", "--described", " "), "zonder naam"),
        (("--consent", "xx"), "“xx” is geen soort toestemming. Kies uit use, quote, share"),
        (("--consent", "use,delen"), "“delen” is geen soort toestemming."),
        (("--consent", ""), "Kies uit use, quote, share"),
        (("--consent", "quote", "--described", "vader"), "Vink ook “gebruiken” aan."),
        (("--consent", "use", "--keep-until", "morgen"), "“morgen” is geen dag."),
        (
            ("--consent", "use", "--described", "vader", "--keep-until", "9999-12-31"),
            "hooguit 10 jaar. Kies een dag tot en met ",
        ),
    ],
)
def test_an_import_that_misses_something_says_what(
    say: object, file: Path, booth: Booth, words: tuple[str, ...], told: str
) -> None:
    assert callable(say)
    with pytest.raises(CommandError) as refused:
        say("import", str(file), "--pilot", "pilot-a", *words)
    assert told in str(refused.value)
    assert refused.value.returncode == 1
    assert Interview.objects.count() == 0


def test_a_place_that_is_none_says_how_to_write_it(say: object, booth: Booth) -> None:
    assert callable(say)
    with pytest.raises(CommandError, match="Schrijf twee getallen, bijvoorbeeld 40:75"):
        say("code", "1", "--pilot", "pilot-a", "--code", "x", "--at", "hier")


def test_who_runs_the_server_reads_nobodys_story_without_a_password(
    say: object, booth: Booth, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(say)
    assert not example.is_marked()
    booth.imported()
    for password in ("fout", None):
        if password is None:
            monkeypatch.delenv("SMARTSTART_PASSWORD")
        else:
            monkeypatch.setenv("SMARTSTART_PASSWORD", password)
        with pytest.raises(CommandError):
            say("list", "--pilot", "pilot-a")


def test_a_thread_is_read_without_a_browser(booth: Booth) -> None:
    out = StringIO()
    call_command("thread", "show", "pilot-a", stdout=out)
    assert out.getvalue().splitlines()[0] == "Stemmen en cijfers"
    with pytest.raises(CommandError):
        call_command("thread", "show", "nergens")
