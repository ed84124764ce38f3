"""Makes the files people upload from a text: .docx, .odt and .vtt, as office programs do."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
OPEN_DOCUMENT = "application/vnd.oasis.opendocument.text"
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{OPEN_DOCUMENT}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def packed(parts: Mapping[str, bytes | str], *, stored: frozenset[str] = frozenset()) -> bytes:
    """A zip file with these parts, in this order."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return target.getvalue()


def docx(text: str) -> bytes:
    """A Word document with one paragraph per line of the text."""
    return docx_of_body("".join(map(_word_paragraph, text.split("\n"))))


def docx_of_body(body: str, **extra: bytes | str) -> bytes:
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:document xmlns:w="{WORD}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    )
    return docx_of_parts({"word/document.xml": document, **extra})


def docx_of_parts(parts: Mapping[str, bytes | str]) -> bytes:
    return packed({"[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": RELATIONS, **parts})


def _word_paragraph(line: str) -> str:
    runs = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in line.split("\t")
    )
    return f"<w:p><w:pPr/><w:r>{runs}</w:r></w:p>"


def odt(text: str) -> bytes:
    """An OpenDocument text with one paragraph per line of the text."""
    return odt_of_body("".join(map(_open_paragraph, text.split("\n"))))


def odt_of_body(body: str) -> bytes:
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3" '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return packed(
        {"mimetype": OPEN_DOCUMENT, "content.xml": content, "META-INF/manifest.xml": MANIFEST},
        stored=frozenset({"mimetype"}),
    )


def _open_paragraph(line: str) -> str:
    spaced = escape(line).replace("\t", "<text:tab/>").replace("  ", " <text:s/>")
    if spaced.startswith(" "):
        spaced = "<text:s/>" + spaced[1:]
    if spaced.endswith(" "):
        spaced = spaced[:-1] + "<text:s/>"
    return f"<text:p>{spaced}</text:p>"


def vtt(text: str, *, asker: str = "", teller: str = "") -> bytes:
    """Subtitles with one cue per paragraph, four seconds each.

    With names each cue carries a voice: ``asker`` for lines without quotes, else ``teller``.
    """
    cues = ["WEBVTT", "NOTE made from a text"]
    for number, line in enumerate(filter(str.strip, text.split("\n"))):
        who = teller if line.startswith(("“", '"')) else asker
        voice = f"<v {escape(who)}>" if who else ""
        said = f"{voice}{escape(line.strip())}{'</v>' if voice else ''}"
        cues.append(f"{number + 1}\n{_clock(number * 4)} --> {_clock(number * 4 + 4)}\n{said}")
    return "\n\n".join(cues).encode()


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"
