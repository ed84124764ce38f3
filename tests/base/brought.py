"""Files as people bring them, each with the marker ``SECRET`` in every place that nobody sees."""

from __future__ import annotations

import io
import struct
import wave
import zipfile
from typing import Final

import pikepdf
from fpdf import FPDF
from PIL import Image, PngImagePlugin

SECRET: Final = "Lindelaan-7"
SEEN: Final = "Noor leest hardop"
W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R: Final = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def jpeg(*, size: tuple[int, int] = (60, 40), turned: bool = False) -> bytes:
    """A photo with a place, a maker, words and a small picture in its EXIF, and XMP."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = SECRET
    exif[0x013B] = SECRET
    if turned:
        exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (51.0, 33.0, 20.0)
    exif.get_ifd(0x8825)[29] = SECRET
    xmp = f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode()
    picture = Image.new("RGB", size, (94, 42, 87))
    picture.save(out, "JPEG", exif=exif, xmp=xmp, comment=SECRET.encode())
    return out.getvalue() + SECRET.encode()


def png() -> bytes:
    """A drawing with words and EXIF in it, partly clear."""
    out, words, exif = io.BytesIO(), PngImagePlugin.PngInfo(), Image.Exif()
    words.add_text("Author", SECRET)
    words.add_itxt("XML:com.adobe.xmp", SECRET)
    exif[0x010E] = SECRET
    Image.new("RGBA", (40, 30), (0, 90, 60, 120)).save(out, "PNG", pnginfo=words, exif=exif)
    return out.getvalue()


def pdf() -> bytes:
    """Two pages with a photo; a maker, XMP, a script, a file, a link and a note inside."""
    paper = FPDF()
    paper.set_title(SECRET)
    paper.set_author(SECRET)
    paper.set_xmp_metadata(f"<x:xmpmeta>{SECRET}</x:xmpmeta>")
    paper.set_font("helvetica", size=12)
    paper.add_page()
    paper.cell(text=SEEN, link=f"https://example.org/{SECRET}")
    paper.image(io.BytesIO(jpeg()), w=40)
    paper.text_annotation(20, 20, SECRET)
    paper.add_page()
    paper.cell(text="Bladzijde twee")
    with pikepdf.open(io.BytesIO(bytes(paper.output()))) as made:
        made.attachments["geheim.txt"] = SECRET.encode()
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{SECRET}')")
        made.Root.OpenAction = made.make_indirect(script)
        made.pages[0].obj.PieceInfo = pikepdf.Dictionary(X=pikepdf.String(SECRET))
        for picture in made.pages[0].get_images().values():
            picture.write(jpeg(), filter=pikepdf.Name.DCTDecode)
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()


def locked_pdf() -> bytes:
    """A PDF that opens with a password only."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as made:
        made.save(out, encryption=pikepdf.Encryption(user="a", owner="b"))
    return out.getvalue()


def docx(body: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """A Word document: words and a photo; names, sessions, notes and struck words unseen."""
    words = (
        f"<w:document {W} {R}><w:body><w:p w:rsidR='00AB12CD'><w:r><w:t>{SEEN}</w:t></w:r>"
        f"<w:ins w:author='{SECRET}' w:date='2026-01-01'><w:r><w:t> en lacht</w:t></w:r></w:ins>"
        f"<w:del w:author='{SECRET}'><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>"
        f"<w:commentRangeStart w:id='0'/><w:r><w:commentReference w:id='0'/></w:r></w:p>{body}"
        "<w:p><w:r><w:pict r:id='rId2'/></w:r></w:p></w:body></w:document>"
    )
    to_it = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/word/comments.xml" ContentType="application/xml"/></Types>'
        ),
        "_rels/.rels": _ways(
            f'<Relationship Id="rId1" Type="{to_it}/officeDocument" Target="word/document.xml"/>'
            f'<Relationship Id="rId2" Type="x" Target="docProps/core.xml"/>'
        ),
        "word/_rels/document.xml.rels": _ways(
            f'<Relationship Id="rId1" Type="x" Target="comments.xml"/>'
            f'<Relationship Id="rId2" Type="x" Target="media/image1.jpeg"/>'
            f'<Relationship Id="rId3" Type="{to_it}/attachedTemplate" TargetMode="External"'
            f' Target="https://example.org/{SECRET}.dotm"/>'
        ),
        "word/document.xml": words,
        "word/settings.xml": f"<w:settings {W}><w:rsids><w:rsid w:val='1'/></w:rsids></w:settings>",
        "word/comments.xml": f"<w:comments {W}>{SECRET}</w:comments>",
        "docProps/core.xml": f"<a>{SECRET}</a>",
        "customXml/item1.xml": f"<a>{SECRET}</a>",
    }
    whole = {name: text.encode() for name, text in parts.items()}
    return _packed(whole | {"word/media/image1.jpeg": jpeg()} | (more or {}))


def odt(body: str = "") -> bytes:
    """An OpenDocument text, the same."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "drawing")
    )
    words = (
        f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><office:body><office:text>'
        f"<text:tracked-changes><text:p>{SECRET}</text:p></text:tracked-changes>"
        f"<text:p>{SEEN}<office:annotation><dc:creator>{SECRET}</dc:creator></office:annotation>"
        f" en lacht</text:p>{body}</office:text></office:body></office:document-content>"
    )
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<m:file-entry m:full-path="/"/><m:file-entry m:full-path="content.xml"/>'
        '<m:file-entry m:full-path="meta.xml"/></m:manifest>'
    )
    return _packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": words.encode(),
            "meta.xml": f"<a>{SECRET}</a>".encode(),
            "settings.xml": f"<a>{SECRET}</a>".encode(),
            "Thumbnails/thumbnail.png": png(),
            "Pictures/foto.jpg": jpeg(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def _ways(inside: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{inside}</Relationships>'


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def wav() -> bytes:
    """A second of sound, with a name and a place behind it."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8_000)
        sound.writeframes(bytes(16_000))
    words = SECRET.encode() + b"\x00"
    listed = b"LIST" + struct.pack("<I", len(words)) + words
    whole = out.getvalue() + listed
    return whole[:4] + struct.pack("<I", len(whole) - 8) + whole[8:]


def ogg(*, pages: int = 1) -> bytes:
    """Opus sound with words of its maker, over one page or two."""
    words = b"OpusTags" + struct.pack("<I", len(SECRET)) + SECRET.encode() + bytes(4)
    words += bytes(255 * 255 - len(words) - 5 if pages > 1 else 0)
    cut = 255 * 255
    whole = [b"OpusHead" + bytes(11)]
    tags = [words] if pages == 1 else [words + b"\x01" * 5, SECRET.encode()]
    made = _page(whole[0], 0, 2)
    for number, piece in enumerate(tags):
        made += _page(piece[:cut], 1 + number, 0, goes_on=number < len(tags) - 1)
    return made + _page(b"sound" * 9, 1 + len(tags), 4)


def _page(body: bytes, number: int, flags: int, *, goes_on: bool = False) -> bytes:
    sizes = [255] * (len(body) // 255) + ([] if goes_on else [len(body) % 255])
    return (
        b"OggS\x00" + bytes([flags]) + bytes(8) + b"\x01\x00\x00\x00"
        + struct.pack("<I", number) + bytes(4) + bytes([len(sizes)]) + bytes(sizes) + body
    )  # fmt: skip


def webm(*, kind: bytes = b"\x02", live: bool = True) -> bytes:
    """Sound as a browser records it: lengths that are not said, a maker, a day, tags."""
    unsaid = b"\x01\xff\xff\xff\xff\xff\xff\xff"
    head = _element(b"\x1a\x45\xdf\xa3", _element(b"\x42\x82", b"webm"))
    made = _element(b"\x4d\x80", SECRET.encode()) + _element(b"\x57\x41", SECRET.encode())
    info = _element(b"\x15\x49\xa9\x66", _element(b"\x2a\xd7\xb1", b"\x0f\x42\x40") + made)
    track = _element(b"\xd7", b"\x01") + _element(b"\x83", kind)
    track += _element(b"\x53\x6e", SECRET.encode())
    tracks = _element(b"\x16\x54\xae\x6b", _element(b"\xae", track))
    inside = _element(b"\xe7", b"\x00") + _element(b"\xa3", b"\x81\x00\x00\x80sound")
    cluster = (
        b"\x1f\x43\xb6\x75" + unsaid + inside if live else _element(b"\x1f\x43\xb6\x75", inside)
    )
    tags = _element(b"\x12\x54\xc3\x67", SECRET.encode())
    return head + b"\x18\x53\x80\x67" + unsaid + info + tracks + cluster + tags


def _element(name: bytes, content: bytes) -> bytes:
    return name + (len(content) | 1 << 14).to_bytes(2, "big") + content


def m4a(*, handler: bytes = b"soun") -> bytes:
    """A voice memo with a place, a day and a maker."""
    named = bytes(8) + handler + bytes(12) + SECRET.encode() + b"\x00"
    media = _box(b"mdhd", bytes(4) + b"DAYTIME!" + bytes(12)) + _box(b"hdlr", named)
    track = _box(b"trak", _box(b"mdia", media))
    made = _box(b"mvhd", bytes(4) + b"DAYTIME!" + bytes(90))
    place = _box(b"udta", SECRET.encode())
    whole = _box(b"ftyp", b"M4A " + bytes(8)) + _box(b"moov", made + track + place)
    wide = b"\x00\x00\x00\x01uuid" + (16 + len(SECRET)).to_bytes(8, "big") + SECRET.encode()
    return whole + wide + _box(b"mdat", b"sound")


def _box(kind: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + kind + content
