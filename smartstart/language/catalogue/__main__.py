"""``python -m smartstart.language.catalogue compile | check | extract``."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from smartstart.language.catalogue import check, places, po

ROOT = Path(__file__).resolve().parents[2]


def compile_all(root: Path) -> list[Path]:
    """Write the ``.mo`` beside every catalogue whose bytes would change; answer which."""
    written = []
    for path in places.all_catalogues(root):
        target = path.with_suffix(".mo")
        content = po.compiled(po.parse(path.read_text(encoding="utf-8")))
        if target.exists() and target.read_bytes() == content:
            continue
        fresh = target.with_name(f".{target.name}.{os.getpid()}")
        fresh.write_bytes(content)
        fresh.replace(target)
        written.append(target)
    return written


def extract_all(root: Path, *, only: str = "") -> int:
    """Add every missing text, still without Dutch, to the catalogue of its room; answer how many.

    What is there stays as it was written. ``only``: a part of the path of the catalogues.
    """
    held = {entry.key for entries in check.read_all(root).values() for entry in entries}
    added: dict[Path, list[po.Entry]] = {}
    for key, messages in sorted(check.wanted(root).items(), key=lambda item: item[0][1]):
        if key in held:
            continue
        first = messages[0]
        path = places.catalogue_for(root, first.path)
        if only not in path.relative_to(root).as_posix():
            continue
        plural = next((message.plural for message in messages if message.plural), None)
        entry = po.Entry(first.msgid, first.context, plural, ["", ""] if plural else [""])
        added.setdefault(path, []).append(entry)
    for path, entries in added.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        if not before:
            before = po.write([po.Entry("", texts=[po.HEADER])])
        path.write_text(before.rstrip("\n") + "\n\n" + po.write(entries), encoding="utf-8")
    return sum(map(len, added.values()))


def tell(*lines: str) -> None:
    """Write lines for the person at the terminal."""
    sys.stdout.writelines(f"{line}\n" for line in lines)


def main(arguments: list[str] | None = None) -> int:
    """Do what was asked; 0 when there is nothing to repair."""
    parser = argparse.ArgumentParser(prog="catalogue", description=__doc__)
    parser.add_argument("task", choices=["compile", "check", "extract"])
    parser.add_argument("--root", type=Path, default=ROOT)
    parser.add_argument("--only", default="", help="a part of a path, such as voices")
    asked = parser.parse_args(arguments)
    if asked.task == "compile":
        tell(f"{len(compile_all(asked.root))} catalogues compiled.")
    elif asked.task == "extract":
        tell(f"{extract_all(asked.root, only=asked.only)} texts added; give each its Dutch msgstr.")
    else:
        found = [
            fault
            for fault in check.faults(asked.root)
            if asked.only in fault.path.relative_to(asked.root).as_posix()
        ]
        tell(*(fault.told(asked.root) for fault in found))
        tell(f"{len(found)} faults in the catalogues.")
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
