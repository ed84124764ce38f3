"""Say whether the built assets are those of the sources, without npm.

``assets/hashes.json`` is written by the build: the sha256 of every source and of every file it
made. When a source or an output was changed by hand, its hash differs and this names the file.
The lock file may not say from where packages were fetched.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = "smartstart/web/static/smartstart"
NOT_SOURCES = ("assets/node_modules/", "assets/hashes.json")


def hashes_of(root: Path, folder: str) -> dict[str, str]:
    """Return path and sha256 of every file below a folder, without what npm put there."""
    found = {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (root / folder).rglob("*")
        if path.is_file() and "node_modules" not in path.parts
    }
    return {path: sha for path, sha in found.items() if not path.startswith(NOT_SOURCES)}


def differences(told: dict[str, str], found: dict[str, str]) -> list[str]:
    """Return one line per file that is missing, new or changed."""
    lines = [f"{path}: is gone" for path in sorted(told.keys() - found.keys())]
    lines += [f"{path}: is new" for path in sorted(found.keys() - told.keys())]
    both = sorted(told.keys() & found.keys())
    return lines + [f"{path}: is changed" for path in both if told[path] != found[path]]


def faults(root: Path) -> list[str]:
    """Return everything that is wrong, one sentence each; empty when all is well."""
    manifest = json.loads((root / "assets/hashes.json").read_text())
    lines = differences(manifest["sources"], hashes_of(root, "assets"))
    lines += differences(manifest["outputs"], hashes_of(root, STATIC))
    lock = (root / "assets/package-lock.json").read_text()
    if '"resolved"' in lock:
        lines.append("assets/package-lock.json: tells from where packages came; remove `resolved`")
    return lines


def main() -> int:
    """Tell what is wrong and what to do; 0 when all is well."""
    lines = faults(ROOT)
    for line in lines:
        print(line)
    if lines:
        print("Run `make assets` and commit what it writes.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
