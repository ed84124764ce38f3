"""Reading one uploaded file into a transcript."""

from typing import BinaryIO

from smartstart.base.files.decoding import decode
from smartstart.base.files.errors import FileHasNoText, FileIsTooLarge
from smartstart.base.files.packages import Package
from smartstart.base.files.tidying import tidy
from smartstart.voices.errors import TextIsTooLong
from smartstart.voices.transcripts import limits
from smartstart.voices.transcripts.names import safe_name
from smartstart.voices.transcripts.oddities import oddities_in
from smartstart.voices.transcripts.opendocument import text_of_open_document
from smartstart.voices.transcripts.segments import segments_of, timed
from smartstart.voices.transcripts.shapes import Shape, shape_of
from smartstart.voices.transcripts.subtitles import Words, words_of_subtitles
from smartstart.voices.transcripts.transcript import Transcript
from smartstart.voices.transcripts.word import text_of_word


def read_upload(stream: BinaryIO, called: str, *, size: int | None = None) -> Transcript:
    """Read an upload, refusing one that is too large before its content is in memory.

    ``size`` is what the sender says, in bytes; one byte more than the limit is read at most.
    Raises FileIsTooLarge, then what ``read_transcript`` raises.
    """
    if size is not None:
        _refuse_too_large(size)
    return read_transcript(stream.read(limits.LARGEST_FILE_BYTES + 1), called)


def read_transcript(content: bytes, called: str) -> Transcript:
    """Read the bytes of a file that somebody gave this name.

    Raises a FileRefused: FileIsTooLarge, then by content FileIsEmpty, FileIsLocked,
    FileIsOfAnotherKind, FileHasMacros, FileHoldsAnotherFile, FileUnpacksTooLarge, FileIsBroken
    or FileIsMislabelled, and while reading FileIsUnsafe, FileHasNoText or TextIsTooLong.
    """
    _refuse_too_large(len(content))
    name = safe_name(called)
    shape = shape_of(content, name)
    words = _words(content, shape)
    tidied = tidy(words.text)
    if not tidied:
        raise FileHasNoText
    if len(tidied) > limits.LONGEST_TEXT_CHARACTERS:
        raise TextIsTooLong
    segments = segments_of(tidied, words.names)
    if tidied == words.text:
        segments = timed(segments, words.spoken)
    return Transcript(name, shape, tidied, segments, oddities_in(tidied, segments))


def _words(content: bytes, shape: Shape) -> Words:
    if shape is Shape.WORD:
        return Words(text_of_word(Package(content)))
    if shape is Shape.OPEN_DOCUMENT:
        return Words(text_of_open_document(Package(content)))
    if shape is Shape.SUBTITLES:
        return words_of_subtitles(decode(content))
    return Words(decode(content))


def _refuse_too_large(size: int) -> None:
    if size > limits.LARGEST_FILE_BYTES:
        raise FileIsTooLarge(megabytes=limits.LARGEST_FILE_MB)
