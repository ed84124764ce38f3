"""What the product consists of: CycloneDX 1.5 from the lock files and what is bundled.

Everything is read from files in the tree and from the metadata of what is installed; nothing is
asked of any index. The same tree gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "build" / "sbom.json"
LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)
CLASSIFIER = re.compile(r"License :: OSI Approved :: (.+)")
# Packages whose licence stands in their file and not in their metadata.
SAID_IN_THE_FILE = {"locate": "MIT", "pyrage": "MIT"}


def main() -> int:
    """Write build/sbom.json."""
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps(bill(), indent=2, sort_keys=True) + "\n")
    sys.stdout.write(f"{len(components())} parts in {TARGET.relative_to(ROOT)}\n")
    return 0


def bill() -> dict[str, Any]:
    """Return the whole bill of materials."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "smartstart",
                "name": "smartstart",
                "version": version(),
                "licenses": [{"license": {"id": "EUPL-1.2"}}],
            }
        },
        "components": components(),
    }


def components() -> list[dict[str, Any]]:
    """Return what runs and what is bundled (required), and what only tests need (excluded)."""
    run = locked("run")
    only_dev = {name: found for name, found in locked("dev").items() if name not in run}
    return [
        *(python_part(name, found, "required") for name, found in sorted(run.items())),
        *(python_part(name, found, "excluded") for name, found in sorted(only_dev.items())),
        *bundled(),
    ]


def locked(name: str) -> dict[str, tuple[str, list[str]]]:
    """Return package to version and hashes, as the lock file has them."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    found = {}
    for block in blocks:
        match = LOCKED.search(block)
        if match:
            found[match[1]] = match[2], re.findall(r"sha256:([0-9a-f]{64})", block)
    return found


def python_part(name: str, found: tuple[str, list[str]], scope: str) -> dict[str, Any]:
    """Return one Python package."""
    version, hashes = found
    part: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}@{version}",
        "purl": f"pkg:pypi/{name}@{version}",
        "name": name,
        "version": version,
        "scope": scope,
        "licenses": [{"license": {"name": licence_of(name)}}],
    }
    if len(hashes) == 1:
        part["hashes"] = [{"alg": "SHA-256", "content": hashes[0]}]
    else:
        part["properties"] = [
            {"name": "smartstart:sha256-of-archives", "value": ",".join(sorted(hashes))}
        ]
    return part


def licence_of(name: str) -> str:
    """Return the licence that an installed package says it has."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return "not installed here"
    said = about.get("License-Expression") or ""
    listed = CLASSIFIER.findall("\n".join(about.get_all("Classifier") or []))
    short = (about.get("License") or "").split("\n")[0]
    return said or "; ".join(listed) or short or SAID_IN_THE_FILE.get(name, "look in its files")


def bundled() -> list[dict[str, Any]]:
    """Return what npm gave to the built assets, from the table in docs/licences.md."""
    rows = re.findall(
        r"^\| (\S+) \| ([\d.]+) \| ([^|]+) \|", (ROOT / "docs" / "licences.md").read_text(), re.M
    )
    return [
        {
            "type": "library",
            "bom-ref": f"pkg:npm/{name.replace('@', '%40')}@{version}",
            "purl": f"pkg:npm/{name.replace('@', '%40')}@{version}",
            "name": name,
            "version": version,
            "scope": "required",
            "licenses": [{"license": {"name": licence.strip()}}],
        }
        for name, version, licence in rows
    ] + [
        built(path)
        for path in sorted((ROOT / "smartstart/web/static").rglob("*"))
        if path.is_file()
    ]


def built(path: Path) -> dict[str, Any]:
    """Return one built file with its digest."""
    name = str(path.relative_to(ROOT))
    return {
        "type": "file",
        "bom-ref": name,
        "name": name,
        "scope": "required",
        "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
    }


def version() -> str:
    """Return our own version."""
    found = re.search(r'^version = "([^"]+)"', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    return found[1] if found else "0"


if __name__ == "__main__":
    sys.exit(main())
