"""``smartstart voices``: import, confirm, code, export and withdraw without a browser."""

from __future__ import annotations

import getpass
import os
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from smartstart.access.actor import Actor
from smartstart.access.reading import Reading
from smartstart.base import clock
from smartstart.jobs import worker
from smartstart.jobs.command import HouseCommand
from smartstart.voices import (
    export,
    operations,
    operations_codebook,
    operations_coding,
    operations_text,
    queries,
    running,
    tasks,
)
from smartstart.voices.states import Layer

ONE_YEAR = timedelta(days=365)
KINDS = {
    ".qdpx": export.export_project,
    ".qdc": export.export_codebook,
    ".csv": export.export_fragments,
}


class Command(HouseCommand):
    """Exit codes: 0 done, 1 refused (one sentence says why), 2 a file that is not there."""

    not_there = gettext_lazy(
        "This pilot, person or text is not there. See which there are:"
        " smartstart programme list, smartstart people list"
    )
    does = gettext_lazy("Import, confirm, code, export and withdraw voices, in somebody's name.")

    def add_arguments(self, parser: CommandParser) -> None:
        """Each way but the last names a pilot and acts in somebody's name."""
        ways = parser.add_subparsers(dest="way", required=True)
        _adds_import(ways)
        confirm = _way(ways, "confirm", _("decide on the names that were found"), number=True)
        confirm.add_argument("--all", action="store_true", help=_("replace all that wait"))
        confirm.add_argument("--checked", action="store_true", help=_("say that you read the text"))
        _way(ways, "names", _("look for names again, with the list of names"), number=True)
        opened = _way(ways, "open", _("let one or two people code a checked text"), number=True)
        opened.add_argument("--coders", required=True, help=_("user names, with a comma between"))
        _adds_code(ways)
        _way(ways, "ready", _("say that you are ready with coding"), number=True)
        _way(ways, "list", _("list the conversations of a pilot"), number=False)
        out = _way(ways, "export", _("write the coded work to a file"), number=False)
        out.add_argument("--to", type=Path, required=True, help=_("a .qdpx, .qdc or .csv file"))
        out.add_argument("--to-share", action="store_true", help=_("only what may go elsewhere"))
        back = _way(ways, "withdraw", _("take a story back, for ever"), number=True)
        back.add_argument("--yes", action="store_true", required=True, help=_("yes, really"))
        ways.add_parser("sweep", help=_("end what was kept long enough, and keys that were left"))

    def handle(self, *args: Any, way: str, **asked: Any) -> None:
        """Do it; a refusal is one sentence and exit code 1."""
        getattr(self, f"_{way}")(asked)

    def _import(self, asked: dict[str, Any]) -> None:
        file: Path = asked["file"]
        if not file.is_file():
            words = _("There is no file %s. Look whether the path is right.")
            raise CommandError(words % file, returncode=2)
        actor = _actor(asked)
        transcript = running.import_file(
            actor,
            running.pilot_called(asked["pilot"]),
            content=file.read_bytes(),
            called=file.name,
            described=_described(asked),
            layers=asked["consent"],
            keep_until=asked["keep_until"] or clock.today() + ONE_YEAR,
            on=clock.today(),
            at=clock.now(),
        )
        number, pilot = transcript.interview.number, asked["pilot"]
        self.stdout.write(_("Conversation %s is stored.") % number)
        names = operations_text.propose_pseudonyms(transcript.ref, at=clock.now())
        then = f"smartstart voices confirm {number} --pilot {pilot} --all --checked"
        self.stdout.write(f"{_('Names that wait for a person: %s.') % names} {then}")

    def _confirm(self, asked: dict[str, Any]) -> None:
        actor, now = _actor(asked), clock.now()
        transcript = _transcript(actor, asked)
        waiting = running.waiting_pseudonyms(actor, transcript, on=clock.today())
        if asked["all"]:
            operations_text.confirm(actor, transcript.pk, pseudonyms=waiting, at=now)
            self.stdout.write(_("Names that are replaced: %s.") % len(waiting))
        elif not asked["checked"]:
            self._show(queries.checking_page, actor, transcript.pk)
        if asked["checked"]:
            operations_text.finish_pseudonyms(actor, transcript.pk, checked=True, at=now)
            self.stdout.write(_("Checked. This text can be coded."))

    def _names(self, asked: dict[str, Any]) -> None:
        actor, now = _actor(asked), clock.now()
        transcript = operations_text.look_again(actor, _transcript(actor, asked).pk, at=now)
        operations_text.propose_pseudonyms(transcript.ref, at=now)
        waiting = running.waiting_pseudonyms(actor, transcript, on=clock.today())
        words = _("Names that wait for a person: %s. What was decided stays.")
        self.stdout.write(words % len(waiting))

    def _show(self, ask: Any, actor: Actor, transcript: int) -> None:
        reading = Reading(actor, at=clock.now(), why="command")
        page = ask(reading, transcript)
        reading.settle()
        for line in page.pseudonyms:
            told = f"{line.state}\t{line.kind}\t{line.words}\t{line.replacement}"
            self.stdout.write(f"{line.start}-{line.end}\t{told}")

    def _open(self, asked: dict[str, Any]) -> None:
        actor, today = _actor(asked), clock.today()
        names = [name.strip().lower() for name in asked["coders"].split(",")]
        coders = running.hats_called(running.pilot_called(asked["pilot"]), names, on=today)
        transcript = _transcript(actor, asked)
        operations_coding.open_round(actor, transcript.pk, coders=coders, at=clock.now())
        self.stdout.write(
            _("Coding can begin. Nobody sees the other's work until all are ready.")
            if len(coders) > 1
            else _("Coding can begin, by one person.")
        )

    def _code(self, asked: dict[str, Any]) -> None:
        actor, (start, end) = _actor(asked), asked["place"]
        code = _code_called(actor, asked)
        operations_coding.code_passage(
            actor,
            _open_round(actor, asked),
            code=code,
            start=start,
            end=end,
            memo=asked["memo"],
            at=clock.now(),
        )
        self.stdout.write(_("Stored."))

    def _ready(self, asked: dict[str, Any]) -> None:
        actor = _actor(asked)
        found = operations_coding.ready(actor, _open_round(actor, asked), at=clock.now())
        if found.everyone_ready_at:
            self.stdout.write(_("You are ready. You see each other's work now."))
        else:
            self.stdout.write(_("You are ready. Not everyone is yet."))

    def _list(self, asked: dict[str, Any]) -> None:
        actor = _actor(asked)
        for line in _lines(actor, asked):
            says = _("taken back") if line.is_withdrawn else line.described
            layers = ",".join(sorted(line.layers)) or "-"
            self.stdout.write(f"{line.number}\t{line.state.label}\t{layers}\t{says}")

    def _export(self, asked: dict[str, Any]) -> None:
        file: Path = asked["to"]
        write = KINDS.get(file.suffix)
        if write is None:
            raise CommandError(_("Let the file end in .qdpx, .qdc or .csv."), returncode=1)
        if not file.parent.is_dir():
            words = _("There is no folder %s. Make it first, or choose another.")
            raise CommandError(words % file.parent, returncode=2)
        reading = Reading(_actor(asked), at=clock.now(), why="command")
        pilot = running.pilot_called(asked["pilot"])
        shares = {"to_share": True} if asked["to_share"] and file.suffix != ".qdc" else {}
        content = write(reading, pilot.pk, **shares)
        reading.settle()
        file.write_bytes(content)
        told = {"bytes": len(content), "file": file}
        self.stdout.write(_("%(bytes)s bytes are written to %(file)s.") % told)

    def _withdraw(self, asked: dict[str, Any]) -> None:
        actor, today = _actor(asked), clock.today()
        pilot = running.pilot_called(asked["pilot"])
        interview = running.interview_numbered(actor, pilot, asked["number"], on=today)
        fallen = operations.withdraw_consent(actor, interview.pk, at=clock.now())
        told = {"withdrawn": fallen.withdrawn, "weakened": fallen.weakened}
        self.stdout.write(
            _(
                "The words are gone. Pieces that are taken back: %(withdrawn)s."
                " Steps that rested on them: %(weakened)s."
            )
            % told
        )

    def _sweep(self, _asked: dict[str, Any]) -> None:
        asked = tasks.end_what_was_kept.call()
        worker.do_all_waiting()
        left = running.kept_too_long(on=clock.today())
        words = _("Stories that were kept long enough and are gone now: %s.")
        self.stdout.write(words % (asked - left))
        if left:
            words = _("Stories that could not go: %s. The log says why; run this again.")
            raise CommandError(words % left, returncode=1)


def _adds_import(ways: Any) -> None:
    taken = _way(ways, "import", _("import a conversation from a file"), number=False)
    taken.add_argument("file", type=Path)
    taken.add_argument("--consent", type=_layers, required=True, help=_("use, quote and share"))
    taken.add_argument("--described", default="", help=_("how the person may be shown, no name"))
    taken.add_argument("--keep-until", type=_day, help=_("last day; else one year on"))


def _described(asked: dict[str, Any]) -> str:
    described: str = asked["described"].strip()
    if not described:
        words = _("Say how this person may be called, without a name: --described 'mother, 34'")
        raise CommandError(words, returncode=1)
    return described


def _adds_code(ways: Any) -> None:
    code = _way(ways, "code", _("put a code on a stretch of the text"), number=True)
    code.add_argument("--code", required=True, help=_("its name; made when it is not there"))
    code.add_argument(
        "--at", type=_place, required=True, dest="place", help=_("for instance 40:75")
    )
    code.add_argument("--memo", default="")


def _way(ways: Any, name: str, told: str, *, number: bool) -> CommandParser:
    parser: CommandParser = ways.add_parser(name, help=told)
    if number:
        parser.add_argument("number", type=int, help=_("the number of the conversation"))
    parser.add_argument("--pilot", required=True, help=_("its name in the address"))
    parser.add_argument("--as", dest="name", default="", help=_("user name of who acts"))
    return parser


def _layers(words: str) -> list[Layer]:
    asked = [word.strip() for word in words.split(",") if word.strip()]
    known = [layer.value for layer in Layer]
    wrong = next((word for word in asked if word not in known), None)
    if wrong is not None or not asked:
        told = {"word": wrong or words, "known": ", ".join(known)}
        said = _("“%(word)s” is no layer of consent. Choose from %(known)s, with a comma between.")
        raise CommandError(said % told, returncode=1)
    return [Layer(word) for word in asked]


def _place(words: str) -> tuple[int, int]:
    start, _colon, end = words.partition(":")
    if not (start.isdecimal() and end.isdecimal()):
        said = _("“%s” is no place in the text. Write two numbers, for instance 40:75.")
        raise CommandError(said % words, returncode=1)
    return int(start), int(end)


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        said = _("“%s” is no day. Write year, month and day, for instance 2027-06-30.")
        raise CommandError(said % words, returncode=1) from None


def _actor(asked: dict[str, Any]) -> Actor:
    """Return who acts; asks a password where one is needed and a person can type it."""
    password = os.environ.get("SMARTSTART_PASSWORD")
    if running.needs_password() and password is None and sys.stdin.isatty():
        password = getpass.getpass(_("Password") + ": ")
    pilot = running.pilot_called(asked["pilot"])
    today, now = clock.today(), clock.now()
    return running.acting(pilot, asked["name"], password=password, on=today, at=now)


def _transcript(actor: Actor, asked: dict[str, Any]) -> Any:
    pilot = running.pilot_called(asked["pilot"])
    return running.transcript_numbered(actor, pilot, asked["number"], on=clock.today())


def _lines(actor: Actor, asked: dict[str, Any]) -> list[queries.InterviewLine]:
    reading = Reading(actor, at=clock.now(), why="command")
    lines = queries.interviews_in(reading, running.pilot_called(asked["pilot"]).pk)
    reading.settle()
    return lines


def _open_round(actor: Actor, asked: dict[str, Any]) -> Any:
    line = next((line for line in _lines(actor, asked) if line.number == asked["number"]), None)
    if line is None or line.open_round is None:
        words = _("Nobody codes this text now. Begin with: smartstart voices open")
        raise CommandError(words, returncode=1)
    return line.open_round


def _code_called(actor: Actor, asked: dict[str, Any]) -> Any:
    reading = Reading(actor, at=clock.now(), why="command")
    pilot = running.pilot_called(asked["pilot"])
    found = {code.name: code.ref for code in queries.codebook(reading, pilot.pk)}
    name = asked["code"].strip()
    made = found.get(name)
    return made or operations_codebook.add_code(actor, pilot.pk, name=name, at=clock.now()).ref
