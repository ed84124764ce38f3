"""Thread (Dutch: draad): from voices and figures to a solution and what it did.

Words: *knot* (one place in the thread: kind, pilot, audience, state, no words), *tie* (the upper
knot rests on the lower), *gap* (a concept without a voice or a figure). Insight, how-might-we,
idea, concept, prototype, test and finding live here; higher rooms own the other kinds and give
their words through ``words.register``. It must never let anything silently keep standing on a
withdrawn voice, and never show the public a word that was not published.

Operations: write, change, tie, untie, stand_again, explain_gap, open_to_meedenkers, publish,
take_back. For rooms that own knots, inside their transaction: hold_thread, new_knot,
withdraw_knots. All take ``actor`` and ``at=``; knots are named by their ``ref``.

Queries: thread_of(reading, pilot_id) and public_thread(pilot_id, on=) give a ThreadView (columns,
knots, ties, weakened, withdrawn, gaps, knot(ref), below(ref), above(ref), voices_below(ref));
version_of(pilot_id) for ETags; weakened_in, gaps_in, has_solution, thing; fed_by for a story's
own page.
"""
