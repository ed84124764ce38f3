"""The hot path of coding: one hand-written statement that says whether this hat may code here now.

It says what ``Transcript.objects.visible_to``, ``held_round`` and the round's coders say together;
a test holds the two against each other. When it finds nothing, the slow path says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection

from smartstart.access.actor import Actor
from smartstart.access.permissions import Permission

_MAY_CODE: Final = """
SELECT r.id, t.id, t.length, i.folder_id, f.ref, p.ref, c.id, k.id, k.ref
FROM voices_roundcoder rc
JOIN voices_codinground r ON r.id = rc.round_id
JOIN voices_transcript t ON t.id = r.transcript_id
JOIN voices_interview i ON i.id = t.interview_id
JOIN programme_pilot p ON p.id = i.pilot_id
JOIN access_folder f ON f.id = i.folder_id
JOIN people_hat h ON h.ref = rc.coder AND h.within = p.ref
LEFT JOIN voices_code c ON c.pilot_id = p.id AND c.merged_into_id IS NULL AND c.ref = %s
    AND (c.hidden_in_id IS NULL OR c.made_by = rc.coder AND r.is_blind)
LEFT JOIN voices_coding k ON k.round_id = r.id AND k.coder = rc.coder AND k.code_id = c.id
    AND k.start = %s AND k."end" = %s
WHERE r.ref = %s AND rc.coder = %s AND rc.ready_at IS NULL AND r.merged_at IS NULL
    AND h.from_day <= %s AND (h.last_day IS NULL OR h.last_day >= %s) AND h.ended_at IS NULL
    AND i.use AND i.given_on <= %s AND i.keep_until >= %s AND i.withdrawn_on IS NULL
"""
# Who waited for the interview looks again only at the rows that are held: the coder's own place
# is one of them, so that a coding sent while its coder says "ready" does not come in. The
# interview comes first, as in every other operation, so that nobody waits in a circle.
_HELD: Final = {"sqlite": "", "postgresql": " FOR NO KEY UPDATE OF i, rc"}


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody codes: all that saving one coding needs; interview and place held."""

    round: int
    transcript: int
    length: int
    folder: int
    folder_ref: UUID
    code: int | None
    coding: int | None
    coding_ref: UUID | None


def desk(
    actor: Actor, round_ref: UUID, *, code: UUID, start: int, end: int, on: date
) -> Desk | None:
    """Return where this actor codes, or None when they may not, or not now. One statement."""
    if actor.hat is None:
        return None
    marks = [_ref(code), start, end, _ref(round_ref), _ref(actor.hat), on, on, on, on]
    with connection.cursor() as cursor:
        cursor.execute(_MAY_CODE + _HELD[connection.vendor], marks)
        row = cursor.fetchone()
    if row is None or not actor.may(Permission.VOICE_CODE, within=_uuid(row[5])):
        return None
    coding_ref = _uuid(row[8]) if row[8] else None
    return Desk(row[0], row[1], row[2], row[3], _uuid(row[4]), row[6], row[7], coding_ref)


def _ref(ref: UUID) -> str | UUID:
    return ref.hex if connection.vendor == "sqlite" else ref


def _uuid(value: object) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))
