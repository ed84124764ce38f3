"""Invented people who appear in the gallery."""

from __future__ import annotations

from typing import Final

FATIMA: Final = {"name": "Fatima", "work": "van school", "face": "fatima", "phone": "06 0000 0101"}
KARIN: Final = {"name": "Karin", "work": "wijkteam", "face": "karin"}
DAAN: Final = {"name": "Daan", "work": "jeugdgezondheid", "face": "daan"}

CHOOSER: Final = [
    {
        "name": "Anouk",
        "what": "moeder van Noor en Sem",
        "begin": "kijk wie een vraag voor je oppakt.",
        "face": "anouk",
        "family": "family",
        "value": "anouk",
    },
    {
        "name": "Noor",
        "what": "9 jaar",
        "begin": "zeg iets en kies wie het hoort.",
        "face": "noor",
        "family": "child",
        "value": "noor",
    },
    {
        "name": "Fatima",
        "what": "gedragscoach, Team op Maat",
        "begin": "pak een vraag op die vandaag wacht.",
        "face": "fatima",
        "family": "around",
        "value": "fatima",
    },
    {
        "name": "Yara",
        "what": "projectleider van een pilot",
        "begin": "zie wat nog geen stem of cijfer heeft.",
        "face": "yara",
        "family": "pilot",
        "value": "yara",
    },
]
