"""Set the house up on a machine with nothing but Python 3.11: no questions, safe to run again.

``python3 scripts/setup.py run`` makes the virtual environment and installs what running needs,
``... dev`` what building and testing need besides. A stamp keeps the digest of the lock file, so
that a second time costs milliseconds. ``... browser`` says whether Chromium is there.
Only the standard library: this runs before anything is installed.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "smartstart-locked"
LEAST = (3, 11)
# Where Python came without ensurepip, the pip of the machine puts uv in the environment.
OTHER_PIP = (
    *("-m", "pip", "--python", PYTHON, "install", "--quiet", "--disable-pip-version-check"),
    *("--require-hashes", "-r", ROOT / "requirements" / "setup.txt"),
)
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")


class Missing(Exception):  # noqa: N818 - said as a sentence
    """A tool is missing; the words name it and the command that installs it."""


def main(arguments: Sequence[str]) -> int:
    """Do what was asked and return the exit code."""
    wanted = arguments[0] if arguments else "run"
    try:
        if wanted == "browser":
            need_browser()
        else:
            set_up(wanted)
    except Missing as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    return 0


def set_up(wanted: str) -> None:
    """Install the lock file ``wanted`` (run or dev) unless the stamp says it is there."""
    need_python()
    lock = ROOT / "requirements" / f"{wanted}.txt"
    stamp = f"{wanted} {digest(lock)} {sys.version_info[0]}.{sys.version_info[1]}"
    with alone():
        if is_stamped(stamp, wanted):
            return
        make_environment()
        install(lock)
        compile_own_words()
        name_the_command()
        kept = STAMP.read_text().splitlines() if STAMP.exists() else []
        STAMP.write_text("\n".join([*kept, stamp]) + "\n")


def is_stamped(stamp: str, wanted: str) -> bool:
    """Whether this lock file was installed; what tests need holds all that running needs."""
    if not (STAMP.exists() and PYTHON.exists()):
        return False
    kept = STAMP.read_text().splitlines()
    larger = f"dev {digest(ROOT / 'requirements' / 'dev.txt')}"
    return stamp in kept or (wanted == "run" and any(line.startswith(larger) for line in kept))


def need_python() -> None:
    """Raise Missing when Python is too old or came without venv."""
    if sys.version_info[:2] < LEAST:
        raise Missing(
            "Smart Start needs Python 3.11 or later: install it with: apt-get install python3.11"
        )
    if not (is_there("venv") and (is_there("ensurepip") or is_there("pip"))):
        raise Missing(
            "Python's venv module is missing: install it with: apt-get install python3-venv"
        )


def is_there(module: str) -> bool:
    """Whether this Python came with a module; Debian packs ensurepip apart."""
    return importlib.util.find_spec(module) is not None


def need_browser() -> None:
    """Raise Missing when the browser tests have no Chromium and were not switched off."""
    if os.environ.get("BROWSER", "yes") == "no":
        return
    if not any(map(shutil.which, BROWSERS)):
        raise Missing(
            "The browser tests need Chromium: install it with: apt-get install chromium"
            " (or leave them out with: make test BROWSER=no)"
        )


def make_environment() -> None:
    """Make the virtual environment, when there is none that works, with pip or else uv in it."""
    if can_install():
        return
    tell("Making a virtual environment in .venv ...")
    lacks = not is_there("ensurepip")
    made = call([sys.executable, "-m", "venv", "--clear", *["--without-pip"] * lacks, VENV]) == 0
    if not made or (lacks and call([sys.executable, *OTHER_PIP]) != 0):
        raise Missing(
            "Python cannot make a virtual environment: install what it needs with:"
            " apt-get install python3-venv"
        )


def can_install() -> bool:
    """Whether there is an environment whose Python runs, with pip or uv to install with."""
    if not PYTHON.exists() or call([PYTHON, "-c", ""], quiet=True) != 0:
        return False
    has_uv = (VENV / "bin" / "uv").exists()
    return has_uv or call([PYTHON, "-m", "pip", "--version"], quiet=True) == 0


def install(lock: Path) -> None:
    """Install exactly what the lock file names, by uv when it can be had, else by pip."""
    tell(f"Installing {lock.relative_to(ROOT)} ...")
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    hashed = ["--require-hashes", "-r"]
    uv = VENV / "bin" / "uv"
    if not uv.exists():
        call([*pip, *hashed, ROOT / "requirements" / "setup.txt"], quiet=True)
    if uv.exists():
        by_uv = [uv, "pip", "install", "--quiet", "--python", PYTHON, *hashed, lock]
        if call(by_uv, quiet=True) == 0:
            return
        tell("uv did not manage; pip tries the same file.")
    if call([*pip, *hashed, lock]) != 0:
        raise Missing(
            "The packages could not be installed: look at the lines above, check that this machine"
            " reaches its package index, and run the same command again."
        )


def compile_own_words() -> None:
    """Turn the Dutch catalogues into what Django reads; a fresh machine has no msgfmt."""
    call([PYTHON, "-m", "smartstart.language.catalogue", "compile"], quiet=True)


def name_the_command() -> None:
    """Put ``smartstart`` into the environment, for this tree."""
    command = VENV / "bin" / "smartstart"
    command.write_text(
        f"#!{PYTHON}\n"
        "import sys\n\n"
        f"sys.path.insert(0, {str(ROOT)!r})\n"
        "from smartstart.config.console import main\n\n"
        "main()\n"
    )
    command.chmod(0o755)


def digest(path: Path) -> str:
    """Return the digest of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


class alone:  # noqa: N801 - used as a word: with alone()
    """Let one set-up at a time through; a second waits and then finds everything there."""

    def __enter__(self) -> None:
        self._file = (ROOT / "requirements" / "setup.in").open()
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()


def call(command: Sequence[object], *, quiet: bool = False) -> int:
    """Run a command in the root of the tree; return its exit code."""
    out = subprocess.DEVNULL if quiet else None
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, stdout=out, stderr=out
    ).returncode


def tell(sentence: str) -> None:
    """Say what is being done."""
    sys.stderr.write(f"{sentence}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
