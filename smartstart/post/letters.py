"""The words of a mail: fixed, from a template without values. One place, so one proof.

A template knows two words only, ``place`` (the name in front of the door, the same for all) and
``link`` (the address of the first page). A house test holds every template to that.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import make_msgid
from typing import Final
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from smartstart.post.models import Mail

NEUTRAL: Final = "Mijn plek"


@dataclass(frozen=True, slots=True)
class Letter:
    """What leaves: the same for everybody who gets this kind in this language."""

    subject: str
    text: str


def letter(kind: Mail.Kind, *, language: str) -> Letter:
    """Return the words of this kind of mail. Takes no name, no title and no reference."""
    with translation.override(language):
        page = {"place": NEUTRAL, "link": settings.SMARTSTART_ADDRESS}
        whole = render_to_string(f"post/{kind.value}.txt", page)
    subject, _, text = whole.strip().partition("\n")
    return Letter(subject.strip(), text.strip() + "\n")


def message(kind: Mail.Kind, *, ref: UUID, to: str, language: str) -> EmailMessage:
    """Return the mail as it leaves; ``ref`` makes its id the same however often it is made."""
    words = letter(kind, language=language)
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = words.subject, settings.MAIL_FROM, to
    mail["Message-ID"] = make_msgid(idstring=ref.hex, domain="smartstart.invalid")
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(words.text)
    return mail
