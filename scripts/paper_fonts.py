"""Make the letters of files on paper from the npm package: one weight, so that no page waits.

Run after `npm ci` in assets/; the result is committed. Needs fonttools and brotli.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parent.parent
NPM = ROOT / "assets/node_modules/@fontsource-variable/noto-sans/files"
HERE = ROOT / "smartstart/circle/fonts"
NORMAL = 400


def main() -> None:
    """Write one file per script."""
    HERE.mkdir(exist_ok=True)
    for script in ("latin", "latin-ext", "cyrillic", "greek"):
        font = TTFont(NPM / f"noto-sans-{script}-wght-normal.woff2", recalcTimestamp=False)
        still = instantiateVariableFont(font, {"wght": NORMAL})
        still.flavor = "woff2"
        still.save(HERE / f"{script}.woff2")


if __name__ == "__main__":
    main()
