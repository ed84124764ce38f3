"""Follow every link and picture in the Markdown of this tree that points into the tree."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
ELSEWHERE = ("http://", "https://", "mailto:", "tel:")


def main() -> int:
    """Print every link that leads nowhere; return 1 when there is one."""
    broken = [fault for page in pages() for fault in faults(page)]
    sys.stdout.writelines(f"{fault}\n" for fault in broken)
    return 1 if broken else 0


def pages() -> list[Path]:
    """Return the Markdown files that git knows or would know."""
    found = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [ROOT / name for name in found.stdout.splitlines() if (ROOT / name).exists()]


def faults(page: Path) -> list[str]:
    """Return one sentence for each link of a page that leads nowhere."""
    words = FENCE.sub("", page.read_text())
    return [
        f"{page.relative_to(ROOT)}: {target} is not there"
        for target in LINK.findall(words)
        if not target.startswith(ELSEWHERE) and not leads_somewhere(page, target)
    ]


def leads_somewhere(page: Path, target: str) -> bool:
    """Whether the file is there, and the heading when one is named."""
    name, _, heading = target.partition("#")
    path = (page.parent / name).resolve() if name else page
    if not path.exists():
        return False
    return not heading or path.suffix != ".md" or heading in anchors(path.read_text())


def anchors(words: str) -> set[str]:
    """Return the anchors that headings of a page get."""
    titles = re.findall(r"^#+\s+(.+?)\s*$", FENCE.sub("", words), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


if __name__ == "__main__":
    sys.exit(main())
