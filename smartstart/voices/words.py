"""The words of excerpts, for the thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.thread.words import Words
from smartstart.voices.models import Excerpt
from smartstart.voices.operations_quotes import words_to_publish


class ExcerptWords:
    """Gives what people said: inside the pilot the piece itself, outside what they agreed to."""

    def inside(self, knots: Sequence[int], reading: Reading) -> Mapping[int, Words]:
        """Words and description of the excerpts this reading may have. One query."""
        visible = Excerpt.objects.visible_to(reading.actor, on=day_of(reading.at))
        rows = list(visible.filter(knot_id__in=knots).select_related("folder", "interview__folder"))
        said = reading.texts(rows, "words")
        return {
            row.knot_id: Words("", words, by=reading.text(row.interview, "described"))
            for row, words in zip(rows, said, strict=True)
        }

    def for_public(self, knots: Sequence[int], *, on: date) -> Mapping[int, Words]:
        """Words that the person agreed to show. One query."""
        return words_to_publish(knots, on=on)
