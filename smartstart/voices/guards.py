"""What the database itself keeps: nothing is coded before it is checked, or outside the text."""

from __future__ import annotations

from typing import Final

from smartstart.base.guards import Guard

_CODING: Final = (
    "NOT EXISTS (SELECT 1 FROM voices_transcript t"
    " JOIN voices_interview i ON i.id = t.interview_id"
    " JOIN voices_codinground r ON r.transcript_id = t.id AND r.id = NEW.round_id"
    " JOIN voices_code c ON c.pilot_id = i.pilot_id AND c.id = NEW.code_id"
    ' WHERE t.id = NEW.transcript_id AND t.checked_at IS NOT NULL AND NEW."end" <= t.length'
    " AND i.withdrawn_on IS NULL)"
)
_EXCERPT: Final = (
    "NOT EXISTS (SELECT 1 FROM voices_transcript t"
    " JOIN voices_interview i ON i.id = t.interview_id AND i.id = NEW.interview_id"
    " JOIN thread_knot k ON k.pilot_id = i.pilot_id AND k.id = NEW.knot_id AND k.kind = 'excerpt'"
    ' WHERE t.id = NEW.transcript_id AND t.checked_at IS NOT NULL AND NEW."end" <= t.length'
    " AND i.withdrawn_on IS NULL)"
)

GUARDS: Final = (
    Guard(
        "voices_coding_lies_in_a_checked_text",
        "voices_coding",
        "INSERT",
        _CODING,
        "a coding lies within a text that a person checked",
    ),
    Guard(
        "voices_coding_stays_in_the_text",
        "voices_coding",
        "UPDATE",
        _CODING,
        "a coding lies within a text that a person checked",
    ),
    Guard(
        "voices_excerpt_lies_in_a_checked_text",
        "voices_excerpt",
        "INSERT",
        _EXCERPT,
        "an excerpt lies within a text that a person checked",
    ),
    Guard(
        "voices_taken_back_is_for_ever",
        "voices_interview",
        "UPDATE",
        "(OLD.withdrawn_on IS NOT NULL AND NEW.withdrawn_on IS NULL)",
        "a story that was taken back stays taken back",
    ),
    Guard(
        "voices_consent_is_only_added_to",
        "voices_consent",
        "UPDATE",
        "1 = 1",
        "what somebody said about their story is never changed",
    ),
)
