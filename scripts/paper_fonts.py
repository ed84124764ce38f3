"""Make the letters of files on paper and of pictures from the npm packages.

One weight, so that no page waits; and one file for all scripts, so that Arabic or Hebrew between
Dutch words needs no other. A second file holds the small pictures that people type as well, and is
only read where one stands. A picture made of several signs stands as those signs; the colour of a
skin and what only ties signs together take no room. Run after `npm ci` in assets/; the results are
committed. Needs fonttools and brotli.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from fontTools.merge import Merger
from fontTools.merge import Options as MergeOptions
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.varLib.instancer import instantiateVariableFont

ROOT: Final = Path(__file__).resolve().parent.parent
NPM: Final = ROOT / "assets/node_modules/@fontsource-variable"
HERE: Final = ROOT / "smartstart/circle/fonts"
SCRIPTS: Final = {
    "noto-sans": ("latin", "latin-ext", "cyrillic", "greek"),
    "noto-sans-arabic": ("arabic",),
    "noto-sans-hebrew": ("hebrew",),
}
PICTURES: Final = "noto-emoji"
NORMAL: Final = 400
UNITS: Final = 1000  # per em, as the letters have
NO_ROOM: Final = {0x200D, 0x20E3, 0xFE0F, *range(0x1F3FB, 0x1F400)}
NOT_MERGED: Final = ("GSUB", "GPOS", "GDEF", "STAT", "vhea", "vmtx", "DSIG", "gasp", "meta")


def main() -> None:
    """Write both files."""
    letters = list(_letters())
    _write("letters.woff2", letters)
    _write("letters_and_pictures.woff2", [*letters, *_pictures()])


def _write(name: str, fonts: Iterable[TTFont]) -> None:
    with TemporaryDirectory() as folder:
        parts = []
        for part in fonts:
            part.flavor = None
            parts.append(str(Path(folder) / f"{len(parts)}.ttf"))
            part.save(parts[-1])
        merged = Merger(options=MergeOptions(drop_tables=["STAT"])).merge(parts)
        merged.recalcTimestamp = False
        head = merged["head"]  # the same bytes each time
        head.created = head.modified = TTFont(parts[0])["head"].created
        _take_no_room(merged)
        merged.flavor = "woff2"
        merged.save(HERE / name)


def _still(file: Path) -> TTFont:
    return instantiateVariableFont(TTFont(file, recalcTimestamp=False), {"wght": NORMAL})


def _letters() -> Iterator[TTFont]:
    for package, scripts in SCRIPTS.items():
        for script in scripts:
            yield _still(NPM / f"{package}/files/{package}-{script}-wght-normal.woff2")


def _pictures() -> Iterator[TTFont]:
    """Yield the pictures of one sign each, none twice and none that is a letter too."""
    known = {sign for letters in _letters() for sign in letters.getBestCmap()}
    for file in sorted((NPM / PICTURES / "files").glob("*.woff2")):
        part = _still(file)
        wanted = set(part.getBestCmap()) - known
        known |= wanted
        options = Options()
        options.layout_features = []
        options.drop_tables += NOT_MERGED
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=wanted)
        subsetter.subset(part)
        scale_upem(part, UNITS)
        yield part


def _take_no_room(font: TTFont) -> None:
    for sign, name in font.getBestCmap().items():
        if sign in NO_ROOM:
            font["glyf"][name] = Glyph()
            font["hmtx"][name] = (0, 0)


if __name__ == "__main__":
    main()
