"""Codes that people type over from paper: made, printed and read back."""

from __future__ import annotations

import secrets
from typing import Final

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that looks like something else
CODE_LETTERS: Final = 16
NUMBER_LETTERS: Final = 6
GROUP: Final = 4


def new_code(letters: int = CODE_LETTERS) -> str:
    """Return a fresh code without look-alikes; 16 letters hold 79 bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(letters))


def shown(code: str) -> str:
    """Return a code as it is printed: in groups of four."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def tidy(typed: str) -> str:
    """Return what somebody typed as a code: capitals, no blanks or dashes."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())
