"""Appending on PostgreSQL in one journey: a function of the store holds the heads and writes.

While a head is locked others wait, so nothing travels between looking and writing: the function
locks the heads in ascending order, looks whether the rules stand, fills in number, folder and
rules, hashes and writes. It answers false, and has written nothing, when a folder is gone or its
rules changed. Its statements each see what was committed before they began (READ COMMITTED), and
a lock that had to wait gives the newest row: no number is given twice.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from smartstart.access.actor import Actor
from smartstart.access.deeds import Entry
from smartstart.access.lines import draft
from smartstart.base.refusals import RulesChanged

NAME: Final = "access_append"
BODY: Final = """
DECLARE
    here bigint;
    rules bigint;
    line record;
    number bigint;
    tip bytea;
    body bytea;
BEGIN
    FOR here IN SELECT folder::bigint FROM jsonb_array_elements_text(said->'folders') AS folder
        ORDER BY 1
    LOOP
        SELECT rules_version INTO rules FROM access_folder WHERE id = here
            FOR NO KEY UPDATE SKIP LOCKED;
        IF NOT FOUND THEN
            PERFORM pg_advisory_xact_lock(here);
            SELECT rules_version INTO rules FROM access_folder WHERE id = here
                FOR NO KEY UPDATE;
        END IF;
        IF rules IS NULL OR rules <> (said->'stands'->>here::text)::bigint THEN
            RETURN false;
        END IF;
    END LOOP;
    here := NULL;
    FOR line IN
        SELECT l.*, f.ref, f.rules_version, f.height, f.head
            FROM jsonb_to_recordset(said->'lines') AS l (place integer, folder bigint, deed text,
                a text, b text, c text, d text, reason text, origin text)
            JOIN access_folder f ON f.id = l.folder
            ORDER BY l.folder, l.place
    LOOP
        IF here IS DISTINCT FROM line.folder THEN
            UPDATE access_folder SET height = number, head = tip WHERE id = here;
            here := line.folder;
            number := line.height;
            tip := line.head;
        END IF;
        number := number + 1;
        body := convert_to(line.a || replace(line.ref::text, '-', '') || line.b || number
            || line.c || line.rules_version || line.d, 'UTF8');
        tip := sha256(tip || sha256(body));
        INSERT INTO access_line (folder_id, number, body, hash, at, deed, hat, reason, origin)
            VALUES (here, number, body, tip, (said->>'at')::timestamptz, line.deed,
                (said->>'hat')::uuid, decode(line.reason, 'hex'), decode(line.origin, 'hex'));
    END LOOP;
    IF here IS NOT NULL THEN
        UPDATE access_folder SET height = number, head = tip WHERE id = here;
    END IF;
    IF said->'grows' <> '[]' THEN
        UPDATE access_folder SET rules_version = rules_version + 1
            WHERE id = ANY (ARRAY(SELECT jsonb_array_elements_text(said->'grows')::bigint));
    END IF;
    RETURN true;
END
"""
CREATE: Final = (
    f"CREATE OR REPLACE FUNCTION {NAME}(said jsonb) RETURNS boolean LANGUAGE plpgsql AS $${BODY}$$"
)
DROP: Final = f"DROP FUNCTION IF EXISTS {NAME}(jsonb)"


def append(
    cursor: CursorWrapper,
    actor: Actor,
    entries: Sequence[tuple[int, Entry]],
    *,
    at: datetime,
    ids: list[int],
    stands: dict[int, int],
    new_rules: frozenset[int],
) -> None:
    """Write all lines and heads, or raise RulesChanged and write nothing."""
    refs = _refs(cursor, sorted({id_ for id_, entry in entries if entry.reason or entry.origin}))
    said = {
        "folders": ids,
        "stands": stands,
        "grows": sorted(new_rules),
        "at": at.isoformat(),
        "hat": actor.hat.hex if actor.hat else None,
        "lines": [
            _said(actor, place, id_, entry, at, refs.get(id_))
            for place, (id_, entry) in enumerate(entries)
        ],
    }
    cursor.execute(
        f"SELECT {NAME}(%s)", [json.dumps(said, ensure_ascii=False, separators=(",", ":"))]
    )
    if not cursor.fetchone()[0]:
        raise RulesChanged


def _said(
    actor: Actor, place: int, id_: int, entry: Entry, at: datetime, ref: UUID | None
) -> dict[str, int | str | None]:
    made = draft(actor, entry, at=at, folder=ref)
    return {
        "place": place,
        "folder": id_,
        "deed": entry.deed.value,
        "a": made.before_folder,
        "b": made.before_number,
        "c": made.before_rules,
        "d": made.after_rules,
        "reason": made.reason.hex() if made.reason else None,
        "origin": made.origin.hex() if made.origin else None,
    }


def _refs(cursor: CursorWrapper, ids: list[int]) -> dict[int, UUID]:
    """Return the references of folders; they never change, so no lock is needed."""
    if not ids:
        return {}
    cursor.execute("SELECT id, ref FROM access_folder WHERE id = ANY (%s)", [ids])
    refs = dict(cursor.fetchall())
    if len(refs) != len(ids):
        raise RulesChanged
    return refs
