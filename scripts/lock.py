"""Lock the dependencies: every version and hash, no address of any index."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = "# Made by `make lock` from {name}.in. Works with uv and with pip (--require-hashes).\n"


def main() -> int:
    """Write setup.txt, run.txt, meaning.txt and dev.txt; return what uv returned."""
    for name in ("setup", "run", "meaning", "dev"):
        target = ROOT / "requirements" / f"{name}.txt"
        command = [
            str(ROOT / ".venv/bin/uv"), "pip", "compile", f"requirements/{name}.in", "--quiet",
            "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-header",
            "--universal", "--python-version", "3.11", "--output-file", str(target),
        ]  # fmt: skip
        done = subprocess.run(command, cwd=ROOT, check=False)
        if done.returncode != 0:
            return done.returncode
        target.write_text(
            HEAD.format(name=name) + target.read_text().removeprefix(HEAD.format(name=name))
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
