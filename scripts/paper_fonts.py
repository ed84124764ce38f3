"""Make the letters of files on paper and of pictures from the npm packages.

One weight, so that no page waits; and one file for all scripts, so that Arabic or Hebrew between
Dutch words needs no other. Run after `npm ci` in assets/; the result is committed. Needs fonttools
and brotli.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger, Options
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parent.parent
NPM = ROOT / "assets/node_modules/@fontsource-variable"
HERE = ROOT / "smartstart/circle/fonts/letters.woff2"
SCRIPTS = {
    "noto-sans": ("latin", "latin-ext", "cyrillic", "greek"),
    "noto-sans-arabic": ("arabic",),
    "noto-sans-hebrew": ("hebrew",),
}
NORMAL = 400


def main() -> None:
    """Write the one file."""
    with TemporaryDirectory() as folder:
        parts = []
        for package, scripts in SCRIPTS.items():
            for script in scripts:
                name = f"{package}/files/{package}-{script}-wght-normal.woff2"
                still = instantiateVariableFont(
                    TTFont(NPM / name, recalcTimestamp=False), {"wght": NORMAL}
                )
                still.flavor = None
                parts.append(str(Path(folder) / f"{script}.ttf"))
                still.save(parts[-1])
        merged = Merger(options=Options(drop_tables=["STAT"])).merge(parts)
        merged.recalcTimestamp = False
        head = merged["head"]  # the same bytes each time
        head.created = head.modified = TTFont(parts[0])["head"].created
        merged.flavor = "woff2"
        merged.save(HERE)


if __name__ == "__main__":
    main()
