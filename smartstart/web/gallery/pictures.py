"""Names of the drawings and the colours of the theme, as the gallery lists them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

DRAWN: Final = Path(__file__).resolve().parents[1] / "static" / "smartstart"
ICONS: Final = re.findall(r'<symbol id="([\w-]+)"', (DRAWN / "icons.svg").read_text())
FACES: Final = sorted(path.stem for path in (DRAWN / "faces").glob("*.svg"))


@dataclass(frozen=True)
class Colour:
    """One colour of the theme: its token, its Dutch name, what it is for, light letters or dark."""

    token: str
    name: str
    used_for: str


COLOURS: Final = [
    Colour("ink", "Inkt", "tekst, 14,4 op papier"),
    Colour("plum", "Pruim", "knop, link, 10,8 op wit"),
    Colour("leaf", "Blad", "klaar, 7,5 op wit"),
    Colour("petrol", "Petrol", "balk van werkers"),
    Colour("sky", "Blauw", "balk van pilot, voorbeeld"),
    Colour("brick", "Baksteen", "fout, gevaar"),
    Colour("paper", "Papier", "achtergrond"),
    Colour("plum-light", "Pruim licht", "9,3 met pruim"),
    Colour("leaf-light", "Blad licht", "8,5 met bladinkt"),
    Colour("honey-light", "Honing licht", "wachten, 7,8"),
    Colour("sky-light", "Blauw licht", "7,8 met blauw"),
    Colour("stone", "Steen", "rustig vlak"),
]
