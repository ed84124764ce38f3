"""A line of the ledger in the making: everything but what only the locked head can say.

The line is canonical JSON (``base.canonical``). Its number, its folder and the version of the
rules are known last, so a draft is the text around those three: whoever holds the head, Python or
the store itself, only puts the pieces together. A test holds every line beside ``canonical``.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from uuid import UUID, uuid4

from django.conf import settings

from smartstart.access.actor import Actor
from smartstart.access.deeds import ACTION, MOST_REFERENCES, Entry
from smartstart.base.canonical import canonical
from smartstart.base.keyring import KeyIsGone, keyring
from smartstart.base.sealing import Place, seal


@dataclass(frozen=True, slots=True)
class Draft:
    """The text around folder, number and rules, and the two sealed companions."""

    before_folder: str
    before_number: str
    before_rules: str
    after_rules: str
    reason: bytes | None
    origin: bytes | None

    def body(self, folder: UUID, number: int, rules: int) -> bytes:
        """Return the line's canonical bytes."""
        return (
            f"{self.before_folder}{folder.hex}{self.before_number}{number}"
            f"{self.before_rules}{rules}{self.after_rules}"
        ).encode()


def draft(actor: Actor, entry: Entry, *, at: datetime, folder: UUID | None) -> Draft:
    """Draft one line; ``folder`` is needed only to seal typed words. Keys stand in their order."""
    line = uuid4()
    reason, reason_hash = _sealed_apart("reason", entry.reason, line, folder)
    origin, origin_hash = _sealed_apart("origin", entry.origin, line, folder)
    deed, role = entry.deed, actor.role.value
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    on = ",".join([f'"{ref.hex}"' for ref in entry.on[:MOST_REFERENCES]])
    return Draft(
        before_folder=f'{{"account":{_hex(actor.account)},"action":"{ACTION.get(deed, "U")}",'
        f'"assurance":{actor.assurance},"at":"{moment}","count":{len(entry.on)},'
        f'"deed":"{deed.value}","folder":"',
        before_number=f'","hat":{_hex(actor.hat)},"line":"{line.hex}","number":',
        before_rules=f',"on":[{on}],"organisation":{_hex(actor.organisation)},'
        f'"origin":{origin_hash},"outcome":{8 if entry.denied else 0},'
        f'"person":{_hex(actor.person)},"purpose":{_quoted(entry.why or role)},'
        f'"reason":{reason_hash},"role":"{role}","rules":',
        after_rules=f',"source":{_quoted(settings.SMARTSTART_SITE)},"v":1}}',
        reason=reason,
        origin=origin,
    )


def _sealed_apart(
    column: str, words: str, line: UUID, folder: UUID | None
) -> tuple[bytes | None, str]:
    """Seal words under the folder's key with a salt; return the token and the salted hash.

    When the folder was erased there is no key any more: the hash stands alone.
    """
    if not words:
        return None, "null"
    if folder is None:
        raise ValueError("typed words are sealed for a folder")
    salt = os.urandom(16)
    hashed = f'"{hashlib.sha256(salt + words.encode()).hexdigest()}"'
    try:
        key = keyring().key(folder)
    except KeyIsGone:
        return None, hashed
    return seal(salt + words.encode(), key, Place("access_line", column, line, folder)), hashed


def _hex(ref: UUID | None) -> str:
    return f'"{ref.hex}"' if ref else "null"


@lru_cache(maxsize=256)
def _quoted(text: str) -> str:
    """Return a text as canonical JSON; slugs and the house's name come back again and again."""
    return canonical(text).decode()
