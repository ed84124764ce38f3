"""``python -m smartstart.language.helper --socket PATH --cache DIR``: run the helper."""

from __future__ import annotations

import argparse
import contextlib
import os
import resource
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from smartstart.language.helper import tables
from smartstart.language.helper.engine import Engine
from smartstart.language.helper.meaning import Meaning
from smartstart.language.helper.rare import Rare
from smartstart.language.helper.server import Server, SocketIsTakenError, listen

if TYPE_CHECKING:
    from types import FrameType

LONGEST_SOCKET_PATH = 107  # bytes, on Linux


def one_core() -> None:
    """Let numpy, once it is imported, count on one core: waiting for others costs it the most."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def keep_nothing() -> None:
    """No core dump, no log, and no trace of an error: each could hold a text."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    tables.quiet()
    sys.excepthook = lambda kind, _error, _trace: _say(f"The helper stopped: {kind.__name__}.")
    threading.excepthook = lambda told: _say(f"A part stopped: {told.exc_type.__name__}.")
    sys.unraisablehook = lambda told: _say(f"A part stopped: {told.exc_type.__name__}.")


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")


def _end(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def main(arguments: list[str] | None = None) -> int:
    """Run until a signal; 3 when another helper answers on this socket."""
    parser = argparse.ArgumentParser(prog="smartstart.language.helper", description=__doc__)
    parser.add_argument("--socket", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--with-parent", action="store_true", help="end when the starter is gone")
    parser.add_argument("--longest-work", type=float, default=60.0, help="seconds for one text")
    asked = parser.parse_args(arguments)
    if len(os.fsencode(asked.socket)) > LONGEST_SOCKET_PATH:
        _say(f"The path of the socket is too long: at most {LONGEST_SOCKET_PATH} bytes.")
        return 2
    keep_nothing()
    one_core()
    try:
        line = listen(asked.socket)
    except SocketIsTakenError:
        _say("A language helper already answers here. Stop that one first.")
        return 3
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    engine = Engine(asked.cache)
    try:
        with contextlib.suppress(SystemExit):  # how a signal ends it
            engine.start()
            meaning = Meaning()
            meaning.start()
            rare = Rare()
            rare.start()
            server = Server(line, engine, meaning, rare, longest_work=asked.longest_work)
            server.serve(with_parent=asked.with_parent)
    finally:
        engine.stop()
        asked.socket.unlink(missing_ok=True)
    os._exit(0)  # answers that are still being made are of no use to anyone


if __name__ == "__main__":
    sys.exit(main())
