"""The card with which somebody without an account opens the page of their own words.

Codes, the word they chose, and the brake on wrong words: shared by the rooms that own such cards.
A card shows twelve letters to type; its picture holds a longer code (80 bits) that nobody guesses.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, ClassVar, Final, Self
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Least

# No vowels, so no words; no letter that looks like another in print or by hand.
ALPHABET: Final = "bcdfghjkmnpqrstvwxz"
CODE_LETTERS: Final = 12
PICTURE_LETTERS: Final = 19  # 80 bits
SHORTEST_WORD: Final = 4
MOST_WRONG_WORDS: Final = 5
MOST_KEPT: Final = 20 * MOST_WRONG_WORDS
CLOSED_FOR: Final = timedelta(minutes=15)
CLOSED_AT_MOST: Final = timedelta(days=1)
_NOT_A_LETTER: Final = re.compile(r"[^a-z]")


@dataclass(frozen=True, slots=True)
class Codes:
    """The two codes of one card: to type over, and in the picture."""

    typed: str
    picture: str


class Card(models.Model):
    """A card: only hashes of its codes and of the word. Wrong words close it a while."""

    code_hash = models.CharField(max_length=64, unique=True)
    picture_hash = models.CharField(max_length=64, unique=True, null=True, blank=True)
    word_hash = models.CharField(max_length=128)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    closed_until = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True, editable=False)

    no_personal_data: ClassVar[frozenset[str]] = frozenset(
        {"code_hash", "picture_hash", "word_hash"}
    )

    class Meta:
        abstract = True

    @classmethod
    def opened_by(cls, code: str) -> Self | None:
        """Return the card that a code belongs to, typed or from the picture. One query."""
        hashed = code_hash(code)
        rows = cls._default_manager.filter(Q(code_hash=hashed) | Q(picture_hash=hashed))
        return rows.first()

    def takes_a_try(self, *, at: datetime) -> bool:
        """Count a try as wrong until it proves right; False when the card is closed."""
        with transaction.atomic():
            return self._counted(at=at)

    def _counted(self, *, at: datetime) -> bool:
        rows = type(self)._default_manager.filter(pk=self.pk)
        is_open = Q(closed_until=None) | Q(closed_until__lte=at)
        if not rows.filter(is_open).update(wrong_tries=Least(F("wrong_tries") + 1, MOST_KEPT)):
            return False
        self.refresh_from_db(fields=["wrong_tries"])
        times, left = divmod(self.wrong_tries, MOST_WRONG_WORDS)
        if not left:
            rows.update(closed_until=at + min(CLOSED_FOR * 2 ** (times - 1), CLOSED_AT_MOST))
        return True

    def was_right(self) -> None:
        """Forget the wrong tries: the right word was given."""
        type(self)._default_manager.filter(pk=self.pk).update(wrong_tries=0, closed_until=None)


def codes_of(ref: UUID, told: UUID) -> Codes:
    """Return the codes that go with a send of the form: the same again for the same send.

    Nobody can make them without the secret of this house, and they are kept nowhere.
    """
    return Codes(
        _letters(b"story card of " + ref.bytes + told.bytes, CODE_LETTERS),
        _letters(b"picture on the card of " + ref.bytes + told.bytes, PICTURE_LETTERS),
    )


def of_codes(codes: Codes, word: str, *, at: datetime, by: UUID | None) -> dict[str, Any]:
    """Return the fields of a new card: hashes, and no wrong try yet."""
    return {
        "code_hash": code_hash(codes.typed),
        "picture_hash": code_hash(codes.picture),
        "word_hash": make_password(plain_word(word)),
        "wrong_tries": 0,
        "closed_until": None,
        "made_at": at,
        "made_by": by,
    }


def is_too_short(word: str) -> bool:
    """Whether a word is too short to keep anybody out."""
    return len(plain_word(word)) < SHORTEST_WORD


def is_of_picture(code: str) -> bool:
    """Whether a code can only come from a picture: too long to guess, so no brake on guessing."""
    return len(_NOT_A_LETTER.sub("", code.lower())) >= PICTURE_LETTERS


def word_fits(card: Card | None, word: str) -> bool:
    """Whether this is the word of the card; takes as long when there is no card."""
    return check_password(plain_word(word), card.word_hash if card else _nobodys_word())


def code_hash(code: str) -> str:
    """Return a keyed hash of a code; capitals, blanks and dashes do not count."""
    letters = _NOT_A_LETTER.sub("", code.lower())[:100]
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, b"story card " + letters.encode(), hashlib.sha256).hexdigest()


def plain_word(word: str) -> str:
    """Return a word as it is compared: capitals and blanks around it do not count."""
    return unicodedata.normalize("NFKC", word).casefold().strip()[:100]


def _letters(told: bytes, count: int) -> str:
    left = int.from_bytes(hmac.digest(settings.SECRET_KEY.encode(), told, "sha256"))
    letters = []
    for _letter in range(count):
        left, place = divmod(left, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


@lru_cache(maxsize=1)
def _nobodys_word() -> str:
    """Return a hash that no word fits, so that an unknown code takes as long as a wrong word."""
    return make_password(secrets.token_hex(16))
