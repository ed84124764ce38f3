"""What reading a file gives: the plain text and what was seen in it."""

from dataclasses import dataclass

from smartstart.voices.transcripts.oddities import Oddity
from smartstart.voices.transcripts.segments import Segment
from smartstart.voices.transcripts.shapes import Shape


@dataclass(frozen=True, slots=True)
class Transcript:
    """The plain text of one interview.

    ``text`` is in NFC with a line feed as its only line end; every position counts its code points.
    ``segments`` stand in reading order, do not overlap and hold every character that is not
    blank. ``name`` is the uploaded name, safe to show.
    """

    name: str
    shape: Shape
    text: str
    segments: tuple[Segment, ...]
    oddities: tuple[Oddity, ...]

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should look at before coding, one plain sentence each."""
        return tuple(oddity.sentence for oddity in self.oddities)
