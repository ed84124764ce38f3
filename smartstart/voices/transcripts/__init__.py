"""From an uploaded file to a plain text somebody can read, code and quote.

Words: a *transcript* is the plain text of one interview; a *segment* is one paragraph of it,
a question or an answer where that can be told; an *oddity* is something in the text a person
should look at before coding. Nothing here stores, logs or sends a word of the text, and no
file is believed to be what its name says.
"""

from smartstart.voices.transcripts.oddities import Oddity, OddityKind
from smartstart.voices.transcripts.reading import read_transcript, read_upload
from smartstart.voices.transcripts.segments import Segment, Speaker
from smartstart.voices.transcripts.sentences import sentences
from smartstart.voices.transcripts.shapes import Shape
from smartstart.voices.transcripts.transcript import Transcript

__all__ = [
    "Oddity",
    "OddityKind",
    "Segment",
    "Shape",
    "Speaker",
    "Transcript",
    "read_transcript",
    "read_upload",
    "sentences",
]
