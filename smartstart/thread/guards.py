"""What the database itself keeps about ties: true ranks, one pilot, and kinds that never change."""

from __future__ import annotations

from typing import Final

from smartstart.base.guards import Guard

_ENDS: Final = (
    "NOT EXISTS (SELECT 1 FROM thread_knot low JOIN thread_knot up ON low.pilot_id = up.pilot_id"
    " WHERE low.id = NEW.lower_id AND up.id = NEW.upper_id"
    " AND low.rank = NEW.lower_rank AND up.rank = NEW.upper_rank)"
)

GUARDS: Final = (
    Guard(
        "thread_tie_is_true_when_made",
        "thread_tie",
        "INSERT",
        _ENDS,
        "a tie joins two knots of one pilot, by their own ranks",
    ),
    Guard(
        "thread_tie_stays_true",
        "thread_tie",
        "UPDATE",
        _ENDS,
        "a tie joins two knots of one pilot, by their own ranks",
    ),
    Guard(
        "thread_knot_stays_what_it_is",
        "thread_knot",
        "UPDATE",
        "(NEW.rank <> OLD.rank OR NEW.pilot_id <> OLD.pilot_id)",
        "a knot keeps its kind and its pilot",
    ),
    Guard(
        "thread_withdrawn_is_for_ever",
        "thread_knot",
        "UPDATE",
        "(OLD.state = 'withdrawn' AND NEW.state <> 'withdrawn')",
        "what was withdrawn never stands again",
    ),
    Guard(
        "thread_nothing_is_published_of_the_withdrawn",
        "thread_publishedwords",
        "INSERT",
        "NOT EXISTS (SELECT 1 FROM thread_knot k WHERE k.id = NEW.knot_id"
        " AND k.audience = 'public' AND k.state <> 'withdrawn')",
        "words are published of public knots that are not withdrawn",
    ),
)
