"""Files that are broken, mislabelled or made to hurt: each refused with one plain sentence."""

import codecs
import io
import random
import struct
import time
import tracemalloc
import zipfile
from typing import BinaryIO, cast

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from smartstart.base.files import errors
from smartstart.voices.errors import FileIsOfAnotherKind, TextIsTooLong
from smartstart.voices.transcripts import limits, read_transcript, read_upload
from smartstart.voices.transcripts.names import LONGEST_NAME, safe_name
from tests.voices import documents

TALK = "Hoe gaat het?\n“Goed, dank je.”"
WORD = documents.docx(TALK)
OPEN = documents.odt(TALK)
SUBTITLES = documents.vtt(TALK)
ENTITY = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    f'<w:document xmlns:w="{documents.WORD}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body>'
    "</w:document>"
)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "haha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + f']><w:document xmlns:w="{documents.WORD}"><w:t>&i;</w:t></w:document>'
)
DEEP = f'<w:document xmlns:w="{documents.WORD}">' + "<w:p>" * 100_000


def word_with(document: str | bytes) -> bytes:
    return documents.docx_of_parts({"word/document.xml": document})


def bomb() -> bytes:
    return documents.docx_of_parts(
        {"word/document.xml": documents.docx(TALK), "word/media/a.bin": b"0" * (50 * 1024 * 1024)}
    )


def bomb_in_the_text() -> bytes:
    return word_with(b"<x>" + b" " * (30 * 1024 * 1024) + b"</x>")


def noise(number: int) -> str:
    """Letters that do not pack, so that a file swells less than a bomb."""
    return random.Random(number).randbytes(256).hex()


def one_long_comment() -> bytes:
    """A part of 36 MB, under the limits for bombs and over that for one part."""
    return word_with("<x><!--" + "".join(noise(n) + " " * 40_000 for n in range(900)) + "--></x>")


def a_million_elements() -> bytes:
    lines = "".join(f"<!--{noise(n)}-->" + "<w:p/>" * 5000 for n in range(200))
    return word_with(f'<w:body xmlns:w="{documents.WORD}">{lines}</w:body>')


def many_entries() -> bytes:
    return documents.docx_of_parts({f"word/{n}.xml": "" for n in range(3000)})


def lying_about_size() -> bytes:
    """The directory says 10 bytes while 60 MB come out."""
    content = bytearray(word_with(b"<x>" + b" " * (60 * 1024 * 1024)))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        entry = archive.getinfo("word/document.xml")
    for place in _places(bytes(content), struct.pack("<L", entry.file_size)):
        content[place : place + 4] = struct.pack("<L", 10)
    return bytes(content)


def _places(content: bytes, piece: bytes) -> list[int]:
    return [i for i in range(len(content) - 4) if content[i : i + 4] == piece]


def with_password() -> bytes:
    content = bytearray(WORD)
    for start, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(start)
        while place >= 0:
            content[place + flag] |= 1
            place = content.find(start, place + 4)
    return bytes(content)


def twice_the_same_part() -> bytes:
    target = io.BytesIO(WORD)
    with zipfile.ZipFile(target, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", "<x/>")
    return target.getvalue()


def locked_open_document() -> bytes:
    manifest = documents.MANIFEST.replace("</m", "<manifest:encryption-data/></m")
    return documents.packed(
        {
            "mimetype": documents.OPEN_DOCUMENT,
            "content.xml": b"\x93\x11",
            "META-INF/manifest.xml": manifest,
        }
    )


MACRO_TYPES = documents.CONTENT_TYPES.replace(
    "vnd.openxmlformats-officedocument.wordprocessingml.document",
    "vnd.ms-word.document.macroEnabled",
)
LOCKED = "EncryptedPackage".encode("utf-16-le")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

BAD = {
    "empty": (b"", "a.txt", errors.FileIsEmpty),
    "blank": (codecs.BOM_UTF8 + b" \r\n\t ", "a.txt", errors.FileIsEmpty),
    "only nuls": (bytes(500), "a.txt", errors.FileIsEmpty),
    "binary": (bytes(range(256)) * 40, "a.txt", errors.FileHasNoText),
    "text with a nul": (b"Hoe gaat het?\x00 Goed." * 9, "a.txt", errors.FileHasNoText),
    "controls": (b"Hoe\x01\x02\x03\x04 gaat het?" * 9, "a.txt", errors.FileHasNoText),
    "only invisible": (codecs.BOM_UTF8 + "\u202e\x85".encode(), "a.txt", errors.FileHasNoText),
    "word without words": (documents.docx(""), "a.docx", errors.FileHasNoText),
    "subtitles without cues": (b"WEBVTT\n\nNOTE niets", "a.vtt", errors.FileHasNoText),
    "word called text": (WORD, "a.txt", errors.FileIsMislabelled),
    "text called word": (TALK.encode(), "a.docx", errors.FileIsMislabelled),
    "text called pdf": (TALK.encode(), "a.PDF", errors.FileIsMislabelled),
    "odt called docx": (OPEN, "a.docx", errors.FileIsMislabelled),
    "subtitles called odt": (SUBTITLES, "a.odt", errors.FileIsMislabelled),
    "pdf": (b"%PDF-1.7\n\x00\x01", "a.txt", FileIsOfAnotherKind),
    "rtf": (b"{\\rtf1 hoi}", "a.txt", FileIsOfAnotherKind),
    "web page": (b"<!DOCTYPE HTML><p>hoi", "a.txt", FileIsOfAnotherKind),
    "picture": (b"\x89PNG\r\n\x1a\n\x00", "a.docx", FileIsOfAnotherKind),
    "program": (b"MZ\x90\x00\x03\x00", "a.txt", FileIsOfAnotherKind),
    "old word": (OLD_OFFICE, "a.doc", FileIsOfAnotherKind),
    "plain zip": (documents.packed({"a.txt": "hoi"}), "a.docx", FileIsOfAnotherKind),
    "empty zip": (documents.packed({}), "a.docx", FileIsOfAnotherKind),
    "locked word": (OLD_OFFICE + LOCKED, "a.docx", errors.FileIsLocked),
    "zip with password": (with_password(), "a.docx", errors.FileIsLocked),
    "locked odt": (locked_open_document(), "a.odt", errors.FileIsLocked),
    "vba": (documents.docx_of_parts({"word/vbaProject.bin": b"x"}), "a.docx", errors.FileHasMacros),
    "docm": (
        documents.packed({"[Content_Types].xml": MACRO_TYPES, "word/document.xml": "<x/>"}),
        "a.docm",
        errors.FileHasMacros,
    ),
    "basic": (
        documents.packed({"mimetype": documents.OPEN_DOCUMENT, "Basic/script-lc.xml": "<x/>"}),
        "a.odt",
        errors.FileHasMacros,
    ),
    "nested": (
        documents.docx_of_parts({"word/document.xml": "<x/>", "word/embeddings/a.xlsx": OPEN}),
        "a.docx",
        errors.FileHoldsAnotherFile,
    ),
    "nested program": (
        documents.docx_of_parts({"word/document.xml": "<x/>", "word/a.bin": b"MZ\x90"}),
        "a.docx",
        errors.FileHoldsAnotherFile,
    ),
    "bomb": (bomb(), "a.docx", errors.FileUnpacksTooLarge),
    "bomb in the text": (bomb_in_the_text(), "a.docx", errors.FileUnpacksTooLarge),
    "one long comment": (one_long_comment(), "a.docx", errors.FileUnpacksTooLarge),
    "a million elements": (a_million_elements(), "a.docx", errors.FileUnpacksTooLarge),
    "3,000 entries": (many_entries(), "a.docx", errors.FileUnpacksTooLarge),
    "lying about size": (lying_about_size(), "a.docx", errors.FileIsBroken),
    "same part twice": (twice_the_same_part(), "a.docx", errors.FileIsBroken),
    "half a zip": (WORD[: len(WORD) // 2], "a.docx", errors.FileIsBroken),
    "not well-formed": (word_with("<x><y></x>"), "a.docx", errors.FileIsBroken),
    "no main part": (
        documents.docx_of_parts({"word/other.xml": "<x/>"}),
        "a.docx",
        errors.FileIsBroken,
    ),
    "no main part named": (
        documents.packed({"[Content_Types].xml": "<Types/>", "word/a.xml": "<x/>"}),
        "a.docx",
        errors.FileIsBroken,
    ),
    "no content": (
        documents.packed({"mimetype": documents.OPEN_DOCUMENT}),
        "a.odt",
        errors.FileIsBroken,
    ),
    "half a pair in xml": (word_with("<x>&#xD800;</x>"), "a.docx", errors.FileIsBroken),
    "external entity": (word_with(ENTITY), "a.docx", errors.FileIsUnsafe),
    "billion laughs": (word_with(LAUGHS), "a.docx", errors.FileIsUnsafe),
    "nested without end": (word_with(DEEP), "a.docx", errors.FileIsUnsafe),
    "too long": (b"Hoe gaat het? " * 150_000, "a.txt", TextIsTooLong),
    "too long in word": (
        word_with(f'<w:t xmlns:w="{documents.WORD}">' + "abcdefgh jk" * 400_000 + "</w:t>"),
        "a.docx",
        TextIsTooLong,
    ),
}


@pytest.mark.parametrize("case", list(BAD))
def test_a_bad_file_is_refused_with_its_own_sentence(case: str) -> None:
    content, name, expected = BAD[case]
    begun = time.process_time()
    with pytest.raises(errors.FileRefused) as refused:
        read_transcript(content, name)

    assert type(refused.value) is expected
    assert time.process_time() - begun < 5
    assert refused.value.status == 422
    with translation.override("en"):
        assert "%(" not in str(refused.value)


def test_a_workbook_is_named_as_one() -> None:
    workbook = documents.docx_of_parts({"xl/workbook.xml": "<x/>"})
    with pytest.raises(FileIsOfAnotherKind) as refused:
        read_transcript(workbook, "cijfers.docx")

    assert refused.value.details == {"name": "cijfers.docx", "kind": ".xlsx"}


def test_a_bomb_stays_small_in_memory() -> None:
    contents = [BAD[case][0] for case in BAD if {"bomb", "lying", "long"} & set(case.split())]
    tracemalloc.start()
    for content in contents:
        with pytest.raises(errors.FileRefused):
            read_transcript(content, "a.docx")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert most < 100 * 1024 * 1024


def test_a_mislabelled_file_is_named() -> None:
    with pytest.raises(errors.FileIsMislabelled) as refused, translation.override("en"):
        read_transcript(WORD, "C:\\kring\\gesprek\u202e 100%.txt")

    with translation.override("en"):
        assert str(refused.value) == (
            "The name “gesprek 100%.txt” does not fit what is in the file. "
            "Let the name end in .docx and try again."
        )


class Endless:
    """A stream that never ends and counts what was asked of it."""

    def __init__(self) -> None:
        self.asked = 0

    def read(self, size: int) -> bytes:
        self.asked += size
        return b"a" * size


def test_200_mb_is_refused_before_anything_is_read() -> None:
    stream = Endless()
    with pytest.raises(errors.FileIsTooLarge):
        read_upload(cast(BinaryIO, stream), "a.txt", size=200 * 1024 * 1024)

    assert stream.asked == 0


def test_a_stream_that_lies_about_its_size_is_cut_off() -> None:
    stream = Endless()
    with pytest.raises(errors.FileIsTooLarge):
        read_upload(cast(BinaryIO, stream), "a.txt", size=10)

    assert stream.asked == limits.LARGEST_FILE_BYTES + 1


def test_an_upload_without_a_size_is_read() -> None:
    assert read_upload(io.BytesIO(WORD), "a.docx").text == TALK


@pytest.mark.parametrize(
    ("claimed", "shown"),
    [
        ("gesprek.docx", "gesprek.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Documenten\\gesprek.odt", "gesprek.odt"),
        ("a.txt\r\nSet-Cookie: x=1", "a.txtSet-Cookie: x=1"),
        ("gesprek\u202excod.exe", "gesprekxcod.exe"),
        ("\ud800half.txt", "half.txt"),
        ("ge\x00sprek.txt", "gesprek.txt"),
        ("  veel   wit .txt ", "veel wit .txt"),
        ("cafe\u0301.txt", "café.txt"),
        ("שיחה.txt", "שיחה.txt"),
        ("a" * 300 + ".docx", "a" * 94 + "….docx"),
        ("", "document"),
        ("/", "document"),
        ("...", "document"),
    ],
)
def test_an_odd_name_is_safe_to_show(claimed: str, shown: str) -> None:
    assert safe_name(claimed) == shown


@given(st.text(alphabet=st.characters(exclude_categories=[])))
@example("a/\u2028b.txt")
def test_no_name_breaks_a_page_or_a_header(claimed: str) -> None:
    name = safe_name(claimed)

    assert 0 < len(name) <= LONGEST_NAME
    assert name.isprintable()
    assert not set("/\\\r\n\0") & set(name)
    assert safe_name(name) == name


def test_a_name_with_another_ending_does_not_stop_a_text() -> None:
    assert read_transcript(TALK.encode(), "gesprek 12.3").text == TALK
