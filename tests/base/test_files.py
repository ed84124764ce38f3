"""What people bring is told by what it holds, and carries nothing along that nobody sees."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pikepdf
import pytest
from PIL import Image

from smartstart.base.files import limits
from smartstart.base.files.errors import (
    FileHasMacros,
    FileHasNoText,
    FileHoldsAnotherFile,
    FileHoldsMore,
    FileIsAFilm,
    FileIsBroken,
    FileIsEmpty,
    FileIsLocked,
    FileIsMislabelled,
    FileIsNotTaken,
    FileIsTooLarge,
    FileIsUnsafe,
    FileRefused,
    FileUnpacksTooLarge,
)
from smartstart.base.files.kept import SUFFIX, FileIsGone, SealedFiles
from smartstart.base.files.kinds import PAPERS, PICTURES, FileKind
from smartstart.base.files.washing import wash, washed
from smartstart.base.sealing import Place, SealIsBroken
from tests.base import brought
from tests.base.brought import SECRET, SEEN

ALL = frozenset(FileKind)
BROUGHT: dict[str, Callable[[], bytes]] = {
    "foto.jpg": brought.jpeg,
    "tekening.png": brought.png,
    "brief.pdf": brought.pdf,
    "brief.docx": brought.docx,
    "brief.odt": brought.odt,
    "stem.wav": brought.wav,
    "stem.ogg": brought.ogg,
    "stem.webm": brought.webm,
    "memo.m4a": brought.m4a,
}


def everything_in(content: bytes) -> bytes:
    """Return the bytes of a file, and of what is packed in it."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return b"".join(name.encode() + package.read(name) for name in package.namelist())
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as paper:
            flat = io.BytesIO()
            paper.save(flat, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
            return flat.getvalue()
    return content


@pytest.mark.parametrize("name", BROUGHT)
def test_what_nobody_sees_does_not_come_along(name: str) -> None:
    content = BROUGHT[name]()
    packed = everything_in(content)
    assert SECRET.encode() in packed or SECRET.encode("utf-16-be") in packed

    done = washed(content, name, wanted=ALL)

    clean = everything_in(done.content)
    assert SECRET.encode() not in clean
    assert SECRET.encode("utf-16-be") not in clean
    assert f".{done.kind}" == "." + name.split(".")[1]
    assert washed(done.content, name, wanted=ALL).kind is done.kind


def test_the_program_gives_what_the_function_gives_and_refuses_in_the_same_words() -> None:
    photo = wash(brought.jpeg(), "foto.jpg", wanted=PICTURES)
    assert photo == washed(brought.jpeg(), "foto.jpg", wanted=PICTURES)
    with pytest.raises(FileIsMislabelled) as refused:
        wash(brought.jpeg(), "brief.pdf", wanted=PAPERS | PICTURES)
    assert "brief.pdf" in str(refused.value)
    with pytest.raises(FileIsTooLarge):
        wash(bytes(limits.LARGEST_BYTES + 1), "leeg.txt", wanted=ALL)


def test_a_file_that_takes_too_much_ends_the_program_and_not_the_house(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "WASH_SECONDS", 0)
    with pytest.raises(FileUnpacksTooLarge):
        wash(brought.jpeg(), "foto.jpg", wanted=ALL)


def test_a_photo_stands_upright_and_is_no_larger_than_needed() -> None:
    with Image.open(io.BytesIO(washed(brought.jpeg(turned=True), "", wanted=ALL).content)) as one:
        assert (one.size, dict(one.getexif()), one.info.get("xmp")) == ((40, 60), {}, None)
    large = washed(brought.jpeg(size=(5_000, 100)), "", wanted=ALL)
    with Image.open(io.BytesIO(large.content)) as one:
        assert one.size == (2_400, 48)


def test_a_pdf_keeps_its_pages_and_photo_and_nothing_that_acts() -> None:
    clean = washed(brought.pdf(), "brief.pdf", wanted=ALL).content
    with pikepdf.open(io.BytesIO(clean)) as paper:
        assert len(paper.pages) == 2
        assert sorted(paper.Root.keys()) == ["/Pages", "/Type"]
        assert "/Info" not in paper.trailer
        assert SEEN.encode() in paper.pages[0].Contents.read_bytes()
        assert len(paper.pages[0].get_images()) == 1
        assert {key for page in paper.pages for key in page.obj} <= {
            "/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/Contents", "/Group",
            "/Rotate",
        }  # fmt: skip


def test_a_document_keeps_its_words_and_not_what_was_struck_out() -> None:
    word = everything_in(washed(brought.docx(), "", wanted=ALL).content).decode("latin-1")
    text = everything_in(washed(brought.odt(), "", wanted=ALL).content).decode("latin-1")
    for kept in (word, text):
        assert SEEN in kept
        assert " en lacht" in kept
    for gone in ("rsid", "docProps", "customXml", "comment", "delText", "attachedTemplate"):
        assert gone not in word
    for gone in ("meta.xml", "settings.xml", "Thumbnails", "annotation", "tracked"):
        assert gone not in text


def test_a_text_is_kept_as_plain_words() -> None:
    windows = "Eén regel\r\nen nog één\r".encode("cp1252")
    assert washed(windows, "brief.txt", wanted=ALL).content.decode() == "Eén regel\nen nog één\n"


def test_sound_keeps_every_length_and_its_own_bytes() -> None:
    for came in (brought.webm(), brought.m4a(), brought.ogg(), brought.ogg(pages=2)):
        clean = washed(came, "", wanted=ALL).content
        assert len(clean) == len(came)
        assert b"sound" in clean
        assert SECRET.encode() not in clean
        assert b"DAYTIME!" not in clean
    assert washed(brought.webm(live=False), "", wanted=ALL).kind is FileKind.WEBM


def bomb() -> bytes:
    return brought.docx(more={"word/media/image1.jpeg": bytes(90 * 1024 * 1024)})


def wide_picture() -> bytes:
    """A picture that says of itself that it has a hundred million points."""
    clean: bytearray = bytearray(brought.png())
    clean[16:24] = (10_000).to_bytes(4, "big") * 2
    return (
        bytes(clean[:29]) + zlib.crc32(bytes(clean[12:29])).to_bytes(4, "big") + (bytes(clean[33:]))
    )


REFUSED: list[tuple[str, Callable[[], bytes], type[FileRefused]]] = [
    ("leeg.pdf", lambda: b" \n\x00", FileIsEmpty),
    ("plaatje.svg", lambda: b"<svg onload='x()'/>", FileIsNotTaken),
    ("pagina.txt", lambda: b"\xef\xbb\xbf<!DOCTYPE html><script>", FileIsNotTaken),
    ("foto.jpg", lambda: b"GIF89a\x01\x00\x01", FileIsNotTaken),
    ("brief.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileIsNotTaken),
    ("film.avi", lambda: b"RIFF\x00\x00\x00\x00AVI ", FileIsNotTaken),
    ("doos.zip", lambda: brought._packed({"a.txt": b"x"}), FileIsNotTaken),
    ("foto.png", brought.jpeg, FileIsMislabelled),
    ("brief.docx", brought.odt, FileIsMislabelled),
    ("brief.pdf", brought.locked_pdf, FileIsLocked),
    ("brief.pdf", lambda: brought.pdf()[:400], FileIsBroken),
    ("foto.jpg", lambda: brought.jpeg()[:200], FileIsBroken),
    ("foto.png", wide_picture, FileUnpacksTooLarge),
    ("brief.docx", bomb, FileUnpacksTooLarge),
    ("brief.docx", lambda: brought.docx(more={"word/vbaProject.bin": b"x"}), FileHasMacros),
    ("b.docx", lambda: brought.docx(more={"word/embeddings/a.bin": b"MZ.."}), FileHoldsAnotherFile),
    ("b.docx", lambda: brought.docx("<w:p><w:object r:id='rId9'/></w:p>"), FileHoldsMore),
    ("b.docx", lambda: brought.docx(more={"word/media/a.emf": b"emf"}), FileHoldsMore),
    (
        "b.docx",
        lambda: brought.docx(more={"word/styles.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
        FileIsUnsafe,
    ),
    ("b.odt", lambda: brought.odt("<text:p xlink:href='Object 1/x'/>"), FileHoldsMore),
    ("b.odt", lambda: brought.odt("<text:p>"), FileIsBroken),
    ("ruis.txt", lambda: bytes(range(256)) * 4, FileHasNoText),
    ("stem.webm", lambda: brought.webm(kind=b"\x01"), FileIsAFilm),
    ("stem.webm", lambda: brought.webm()[:60], FileIsBroken),
    ("memo.m4a", lambda: brought.m4a(handler=b"vide"), FileIsAFilm),
    ("memo.m4a", lambda: brought.m4a()[:40], FileIsBroken),
    ("stem.ogg", lambda: brought.ogg()[:-3], FileIsBroken),
    ("stem.ogg", lambda: brought.ogg().replace(b"OpusHead", b"\x01vorbis."), FileIsBroken),
    ("stem.wav", lambda: brought.wav()[:30], FileIsBroken),
]


@pytest.mark.parametrize(
    ("name", "make", "why"), REFUSED, ids=lambda one: getattr(one, "__name__", one)
)
def test_what_cannot_be_cleaned_is_refused_with_a_sentence(
    name: str, make: Callable[[], bytes], why: type[FileRefused]
) -> None:
    with pytest.raises(FileRefused) as refused:
        washed(make(), name, wanted=ALL)
    assert type(refused.value) is why
    assert str(refused.value).endswith(".")


def test_a_file_lies_sealed_and_goes_whole(tmp_path: Path) -> None:
    shelf = SealedFiles(tmp_path / "files")
    key, place = bytes(32), Place("circle_attachment", "file", uuid4(), uuid4())
    shelf.put(place, SEEN.encode(), key)
    (path,) = (tmp_path / "files").glob(f"*/*{SUFFIX}")
    assert SEEN.encode() not in path.read_bytes()
    assert (path.stat().st_mode & 0o777, shelf.opened(place, key)) == (0o600, SEEN.encode())
    with pytest.raises(SealIsBroken):
        shelf.opened(Place(place.table, place.column, place.row, uuid4()), key)
    assert shelf.sweep([], older_than_seconds=3_600) == 0
    assert shelf.sweep([place.row], older_than_seconds=0) == 0
    assert shelf.sweep([], older_than_seconds=0) == 1
    with pytest.raises(FileIsGone):
        shelf.opened(place, key)
    shelf.remove(place.row)
