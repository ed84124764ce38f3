"""The words of a mail: fixed, from a template that knows a count. One place, so one proof.

A template knows three words only: ``place`` (the name in front of the door, the same for all),
``link`` (the address of the house, or of the mail itself) and ``count``. Nothing that anybody typed
is an argument here, and ``message`` looks once more: what is no sentence of ours does not leave.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formataddr, make_msgid
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from smartstart.post.models import Mail

NEUTRAL: Final = "Mijn plek"
STORY: Final = "/my-story/"
COUNTED: Final = frozenset({Mail.Kind.SOMETHING_WAITS, Mail.Kind.QUESTION_WAITS})
MOST: Final = 99  # a higher count is told as this one
_LINK, _MANY = "http://link", 87654321
_REF: Final = r"(/mail/(yes/)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/|/my-story/)?"


class NotOurWords(Exception):  # noqa: N818 - a fault of ours, not shown to visitors
    """A mail held something that is no fixed sentence: it did not leave."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What leaves: the same for everybody who gets this kind in this language with this count."""

    subject: str
    text: str


def letter(kind: Mail.Kind, *, language: str, count: int = 1, ref: UUID | None = None) -> Letter:
    """Return the words of this kind of mail. Takes no name and no title.

    ``ref`` is the mail's own random reference: its link asks the house whether something waits, or
    says that one reads here. News about a story leads to where everybody opens a story.
    """
    link = f"{settings.SMARTSTART_ADDRESS}/mail/{ref}/" if ref else settings.SMARTSTART_ADDRESS
    if kind is Mail.Kind.CONFIRM_ADDRESS:
        link = f"{settings.SMARTSTART_ADDRESS}/mail/yes/{ref}/"
    if kind is Mail.Kind.STORY_CHANGED:
        link = settings.SMARTSTART_ADDRESS + STORY
    return _written(kind, language, min(count, MOST), link)


def is_ours(words: Letter, *, language: str) -> bool:
    """Whether a letter is one of the fixed ones: sentences of the catalogue, a count, our link."""
    address = re.escape(settings.SMARTSTART_ADDRESS)
    return any(
        words.subject == subject and re.fullmatch(text.replace(_LINK, address + _REF), words.text)
        for subject, text in _all_letters(language)
    )


def message(kind: Mail.Kind, *, ref: UUID, to: str, language: str, count: int = 1) -> EmailMessage:
    """Return the mail as it leaves; ``ref`` makes its id the same however often it is made.

    Raises NotOurWords.
    """
    is_linked = kind in COUNTED or kind is Mail.Kind.CONFIRM_ADDRESS
    words = letter(kind, language=language, count=count, ref=ref if is_linked else None)
    if not is_ours(words, language=language):
        raise NotOurWords(kind.value)
    mail = EmailMessage()
    mail["Subject"], mail["To"] = words.subject, to
    mail["From"] = formataddr((NEUTRAL, settings.MAIL_FROM))
    mail["Message-ID"] = make_msgid(idstring=ref.hex, domain="smartstart.invalid")
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(words.text)
    return mail


def _written(kind: Mail.Kind, language: str, count: int, link: str) -> Letter:
    with translation.override(language):
        page = {"place": NEUTRAL, "link": link, "count": count}
        whole = render_to_string(f"post/{kind.value}.txt", page)
    subject, _, text = whole.strip().partition("\n")
    return Letter(subject.strip(), text.strip() + "\n")


@lru_cache(maxsize=16)
def _all_letters(language: str) -> tuple[tuple[str, str], ...]:
    """Return subject and pattern of each kind, for one and for many."""
    found = []
    for kind in Mail.Kind:
        for count in (1, _MANY):
            made = _written(kind, language, count, _LINK)
            pattern = re.escape(made.text).replace(re.escape(_LINK), _LINK)
            found.append((made.subject, pattern.replace(f"{_MANY}", "[0-9]{1,2}")))
    return tuple(found)
