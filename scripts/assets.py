"""Build the styles, script and pictures in ``smartstart/web/static`` from ``assets/`` and npm.

Running Smart Start needs no npm: what this writes is committed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "assets"
LEAST_NODE = 18
INSTALL = "sudo apt-get install --yes nodejs npm"
STEPS = (
    ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"),
    ("node", "build.mjs"),
)


def missing() -> str:
    """Return one sentence on the tool that is missing or too old; empty when all is there."""
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            return f"Building the assets needs {tool}. Install it with: {INSTALL}"
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    major = int(said.stdout.removeprefix("v").split(".")[0])
    if major < LEAST_NODE:
        return f"Building the assets needs Node {LEAST_NODE}, this is {major}. Install: {INSTALL}"
    return ""


def main() -> int:
    """Build, then check what was built; 0 when all is well."""
    sentence = missing()
    if sentence:
        print(sentence, file=sys.stderr)
        return 1
    for step in STEPS:
        if subprocess.run(step, cwd=ASSETS, check=False).returncode:
            print(f"`{' '.join(step)}` failed in assets/; what it said stands above.")
            return 1
    check = [sys.executable, str(ROOT / "scripts/check_assets.py")]
    return subprocess.run(check, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
