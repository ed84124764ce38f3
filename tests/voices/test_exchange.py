"""Leaving for other programs: REFI-QDA projects, codebooks and tables, there and back."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from smartstart.base.files.errors import FileIsTooLarge
from smartstart.base.files.tidying import tidy
from smartstart.voices import errors
from smartstart.voices.exchange import (
    ExportCode,
    ExportCoding,
    ExportNote,
    ExportProject,
    ExportSelection,
    ExportSource,
    ExportUser,
    in_order,
    read_codebook,
    read_project,
    write_codebook,
    write_fragments,
    write_project,
    write_table,
)
from smartstart.voices.exchange.table import defused
from smartstart.voices.transcripts import sentences
from tests.voices import documents
from tests.voices.texts import Interviews, both

SPACE = UUID("5b2bd0e4-0000-4000-8000-000000000000")
Q = "{urn:QDA-XML:project:1.0}"


MADE = datetime(2026, 11, 20, 9, 5, 7, tzinfo=UTC)


def guid(name: object) -> UUID:
    return uuid5(SPACE, str(name))


def coded(texts: Interviews) -> ExportProject:
    """Two coders, three codes of which one under another, a code on every third sentence."""
    users = (ExportUser(guid("els"), "Codeur 1"), ExportUser(guid("kim"), "Codeur 2"))
    codes = (
        ExportCode(
            guid("v"), "verbinding", None, "#0B5D3B", "Wie elkaar weet te vinden.\nOok niet."
        ),
        ExportCode(guid("s"), "schakelen & <samen>", guid("v"), "#abc"),
        ExportCode(guid("o"), "ouders", None),
    )
    sources = tuple(
        _source(name, tidy(text), users, codes)
        for name, text in (("interview", texts.interview), ("pagina", texts.page))
    )
    notes = (ExportNote(guid("note"), "eerste indruk", "Let op “loketten”.", users[0].guid, MADE),)
    return ExportProject("Voedselbank & school", users, codes, sources, notes)


def _source(
    name: str, text: str, users: tuple[ExportUser, ...], codes: tuple[ExportCode, ...]
) -> ExportSource:
    selections = tuple(
        ExportSelection(
            guid((name, start)),
            start,
            end,
            users[start % 2].guid,
            tuple(
                ExportCoding(guid((name, start, c.guid)), c.guid, users[start % 2].guid, MADE)
                for c in codes[: 1 + start % 3]
            ),
            MADE,
        )
        for start, end in sentences(text)[::3]
    )
    return ExportSource(guid(name), name, text, selections, MADE)


INTERVIEWS = pytest.mark.parametrize("texts", both(), ids=lambda texts: texts.origin)


@INTERVIEWS
def test_a_project_comes_back_as_it_went(texts: Interviews) -> None:
    project = coded(texts)

    assert read_project(write_project(project)) == in_order(project)


@INTERVIEWS
def test_the_same_project_gives_the_same_bytes(texts: Interviews) -> None:
    project = coded(texts)
    shuffled = replace(
        project, codes=project.codes[::-1], users=project.users[::-1], sources=project.sources[::-1]
    )

    assert write_project(project) == write_project(shuffled)


@INTERVIEWS
def test_positions_in_the_file_point_at_the_coded_words(texts: Interviews) -> None:
    project = coded(texts)
    with zipfile.ZipFile(io.BytesIO(write_project(project))) as archive:
        root = fromstring(archive.read("project.qde"))
        found = []
        for source in root.iter(f"{Q}TextSource"):
            path = source.attrib["plainTextPath"].replace("internal://", "sources/")
            text = archive.read(path).decode("utf-8")
            for selection in source.iter(f"{Q}PlainTextSelection"):
                place = slice(*(int(selection.attrib[f"{at}Position"]) for at in ("start", "end")))
                found.append(text[place])

    assert found == [
        source.text[s.start : s.end] for source in project.sources for s in source.selections
    ]


# The order of elements in Project.xsd and Codebook.xsd of REFI-QDA (18 March 2019): children in
# this order, attributes that must be there and that may be there.
CHILDREN = {
    "Project": ["Users", "CodeBook", "Sources", "Notes", "NoteRef"],
    "Users": ["User"],
    "CodeBook": ["Codes"],
    "Codes": ["Code"],
    "Code": ["Description", "Code"],
    "Sources": ["TextSource"],
    "TextSource": ["PlainTextSelection"],
    "PlainTextSelection": ["Coding"],
    "Coding": ["CodeRef"],
    "Notes": ["Note"],
    "Note": ["PlainTextContent"],
}
MUST = {
    "Project": {"name"},
    "User": {"guid"},
    "Code": {"guid", "name", "isCodable"},
    "TextSource": {"guid"},
    "PlainTextSelection": {"guid", "startPosition", "endPosition"},
    "Coding": {"guid"},
    "CodeRef": {"targetGUID"},
    "Note": {"guid"},
    "NoteRef": {"targetGUID"},
}
MAY = {
    "Project": {"origin"},
    "CodeBook": {"origin"},
    "User": {"name", "id"},
    "Code": {"color"},
    "TextSource": {"name", "plainTextPath", "creatingUser", "creationDateTime"},
    "PlainTextSelection": {"name", "creatingUser", "creationDateTime"},
    "Coding": {"creatingUser", "creationDateTime"},
    "Note": {"name", "creatingUser", "creationDateTime"},
}
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")


def against_the_schema(root: Element, namespace: str) -> list[str]:
    """What in a file the standard's schema would refuse."""
    wrong = []
    for element in root.iter():
        name = element.tag.removeprefix(f"{{{namespace}}}")
        names = [child.tag.removeprefix(f"{{{namespace}}}") for child in element]
        order = CHILDREN.get(name, [])
        if [n for n in names if n not in order] or names != sorted(names, key=order.index):
            wrong.append(f"{name} holds {names}")
        given_here = set(element.attrib)
        must, may = MUST.get(name, set()), MAY.get(name, set())
        if not must <= given_here <= must | may:
            wrong.append(f"{name} has {given_here}")
        references = [
            element.get(a, "") for a in given_here & {"guid", "targetGUID", "creatingUser"}
        ]
        wrong += [reference for reference in references if not GUID.match(reference)]
        if name in {"Users", "CodeBook", "Codes", "Sources", "Notes"} and not names:
            wrong.append(f"{name} is empty")
    return wrong


@INTERVIEWS
def test_a_project_follows_the_schema_of_the_standard(texts: Interviews) -> None:
    project = coded(texts)
    with zipfile.ZipFile(io.BytesIO(write_project(project))) as archive:
        names = archive.namelist()
        root = fromstring(archive.read("project.qde"))

    assert names[0] == "project.qde"
    assert set(names[1:]) == {f"sources/{source.guid}.txt" for source in project.sources}
    assert root.tag == f"{Q}Project"
    assert against_the_schema(root, "urn:QDA-XML:project:1.0") == []
    known = {e.attrib["guid"] for e in root.iter() if "guid" in e.attrib}
    assert {e.attrib["targetGUID"] for e in root.iter() if "targetGUID" in e.attrib} <= known


@INTERVIEWS
def test_what_other_programs_need_is_there(texts: Interviews) -> None:
    """As QualCoder imports: no moment or no folder stops it, a coder is found by name, in Users."""
    with zipfile.ZipFile(io.BytesIO(write_project(coded(texts)))) as archive:
        root = fromstring(archive.read("project.qde"))

    stamped = [e for tag in ("PlainTextSelection", "Coding", "Note") for e in root.iter(Q + tag)]
    assert {e.get("creationDateTime") for e in stamped} == {"2026-11-20T09:05:07Z"}
    users = {e.attrib["guid"] for e in root.iter(f"{Q}User")}
    assert {e.attrib["creatingUser"] for e in stamped} <= users
    for put in root.iter(f"{Q}Coding"):
        assert next(child.tag for child in put) == f"{Q}CodeRef"
    names = [e.attrib["name"] for e in root.iter(f"{Q}TextSource")]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("written", ["", "gisteren", "2026-13-01T00:00:00Z"])
def test_a_moment_that_is_none_is_left_out(written: str) -> None:
    inside = f'<PlainTextContent>hoi</PlainTextContent><PlainTextSelection guid="{guid("s")}"'
    inside += f' startPosition="0" endPosition="3" creationDateTime="{written}"/>'

    assert read_project(qdpx(text_source(inside))).sources[0].selections[0].made_at is None


def test_an_empty_project_has_its_folder_and_follows_the_schema_too() -> None:
    content = write_project(ExportProject(""))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["project.qde", "sources/"]
        root = fromstring(archive.read("project.qde"))

    assert against_the_schema(root, "urn:QDA-XML:project:1.0") == []
    assert read_project(content) == ExportProject("-")


def test_what_nobody_in_particular_coded_comes_back() -> None:
    put = (ExportCoding(guid("c"), guid(1)),)
    source = ExportSource(guid("t"), "t", "vijf.", (ExportSelection(guid("s"), 0, 4, None, put),))
    note = ExportNote(guid("n"), "n", "los")
    project = ExportProject("p", (), (ExportCode(guid(1), "a"),), (source,), (note,))

    assert read_project(write_project(project)) == project


@pytest.mark.parametrize("span", [(0, 0), (0, 6), (-1, 2), (3, 2)])
def test_a_selection_outside_the_text_does_not_leave(span: tuple[int, int]) -> None:
    source = ExportSource(guid("t"), "t", "vijf.", (ExportSelection(guid("s"), *span),))
    with pytest.raises(errors.CodingIsOutsideTheText):
        write_project(ExportProject("p", sources=(source,)))


# Properties -------------------------------------------------------------------------------------

NAMES = st.text(min_size=1, max_size=20).map(lambda t: " ".join(tidy(t).split()) or "x")
LONG = st.text(max_size=40).map(lambda t: " ".join(tidy(t).split("\n")))


@st.composite
def code_trees(draw: st.DrawFn) -> tuple[ExportCode, ...]:
    count = draw(st.integers(1, 8))
    return tuple(
        ExportCode(
            guid(number),
            draw(NAMES),
            guid(draw(st.integers(0, number - 1))) if number and draw(st.booleans()) else None,
            draw(st.sampled_from(["", "#AbCdEf", "#123"])),
            draw(LONG),
        )
        for number in range(count)
    )


@given(code_trees())
def test_a_codebook_comes_back_as_it_went(codes: tuple[ExportCode, ...]) -> None:
    content = write_codebook(codes)
    root = fromstring(content)

    assert set(read_codebook(content)) == set(codes)
    assert read_codebook(content) == in_order(ExportProject("p", codes=codes)).codes
    assert write_codebook(codes[::-1]) == content
    assert root.tag == "{urn:QDA-XML:codebook:1.0}CodeBook"
    assert against_the_schema(root, "urn:QDA-XML:codebook:1.0") == []


@given(NAMES, st.text(min_size=1, max_size=60).map(tidy).filter(bool), code_trees(), st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_project_comes_back_as_it_went(
    name: str, text: str, codes: tuple[ExportCode, ...], data: st.DataObject
) -> None:
    coder = ExportUser(guid("els"), data.draw(NAMES))
    selections = []
    for number in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        code = data.draw(st.sampled_from(codes)).guid
        put = (ExportCoding(guid(("c", number)), code, coder.guid),)
        selections.append(ExportSelection(guid(("s", number)), start, end, coder.guid, put))
    source = ExportSource(guid("t"), data.draw(NAMES), text, tuple(selections))
    project = ExportProject(name, (coder,), codes, (source,))

    assert read_project(write_project(project)) == in_order(project)


def test_what_xml_cannot_hold_is_left_out_of_names() -> None:
    codes = (ExportCode(guid(1), "a\x00b\ud800\ufffe\nc", None, "rood", "x\x01\r\ny"),)

    assert read_codebook(write_codebook(codes)) == (ExportCode(guid(1), "ab c", None, "", "x\ny"),)


def test_a_code_under_itself_or_under_nothing_stands_at_the_top() -> None:
    one, two = guid(1), guid(2)
    codes = (
        ExportCode(one, "a", two),
        ExportCode(two, "b", one),
        ExportCode(guid(3), "c", guid("weg")),
    )
    found = {code.name: code.parent for code in read_codebook(write_codebook(codes))}

    assert found == {"a": None, "b": one, "c": None}


# What other programs write ----------------------------------------------------------------------

QUALCODER = f"""<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="urn:QDA-XML:codebook:1.0 Codebook.xsd" origin="een ander programma">
<Codes><Code guid="{{{str(guid(1)).upper()}}}" name="hulp" color="#46AA00" isCodable="false">
<Code guid="{guid(2)}" name="wachten" isCodable="true"><Description>duur</Description></Code>
</Code></Codes><Sets><Set guid="{guid(3)}" name="groep"><MemberCode guid="{guid(2)}"/></Set></Sets>
</CodeBook>"""


def test_a_codebook_of_another_program_is_read() -> None:
    assert read_codebook(QUALCODER.encode()) == (
        ExportCode(guid(1), "hulp", None, "#46AA00"),
        ExportCode(guid(2), "wachten", guid(1), "", "duur"),
    )


def qde(inside: str) -> str:
    return f'<Project xmlns="urn:QDA-XML:project:1.0" name="p">{inside}</Project>'


def qdpx(inside: str, **parts: str | bytes) -> bytes:
    return documents.packed({"project.qde": qde(inside), **parts})


def text_source(inside: str = "", attributes: str = "") -> str:
    return f'<Sources><TextSource guid="{guid("t")}" {attributes}>{inside}</TextSource></Sources>'


def selection(start: object, end: object, inside: str = "") -> str:
    return (
        f'<PlainTextSelection guid="{guid("s")}" startPosition="{start}" endPosition="{end}">'
        f"{inside}</PlainTextSelection>"
    )


@pytest.mark.parametrize("folder", ["sources", "Sources"])
def test_a_project_with_a_mark_in_its_text_is_read(folder: str) -> None:
    inside = text_source(selection(0, 3), 'plainTextPath="internal://t.txt"')
    content = qdpx(inside, **{f"{folder}/t.txt": b"\xef\xbb\xbfhoi"})

    assert read_project(content).sources == (
        ExportSource(guid("t"), "", "hoi", (ExportSelection(guid("s"), 0, 3),)),
    )


def test_a_project_with_its_text_inside_is_read() -> None:
    content = qdpx(text_source("<PlainTextContent>hoi</PlainTextContent>" + selection(1, 2)))

    assert read_project(content).sources[0].text == "hoi"


PLAIN = "<PlainTextContent>hoi</PlainTextContent>"
NO_PROJECT = {
    "no project.qde": documents.packed({"a.txt": "hoi"}),
    "not xml": documents.packed({"project.qde": "<Project"}),
    "another root": documents.packed({"project.qde": "<Project/>"}),
    "an entity": documents.packed(
        {"project.qde": '<!DOCTYPE P [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + qde("&x;")}
    ),
    "no guid": qdpx('<Users><User name="x"/></Users>'),
    "a wrong guid": qdpx('<Users><User guid="x"/></Users>'),
    "text outside the file": qdpx(text_source("", 'plainTextPath="absolute:///etc/passwd"')),
    "text that climbs out": qdpx(text_source("", 'plainTextPath="internal://../project.qde"')),
    "past the end": qdpx(text_source(PLAIN + selection(0, 4))),
    "no number": qdpx(text_source(PLAIN + selection("x", 2))),
    "a huge number": qdpx(text_source(PLAIN + selection(0, "9" * 50))),
    "a coding of nothing": qdpx(
        text_source(PLAIN + selection(0, 1, f'<Coding guid="{guid("c")}"/>'))
    ),
}


@pytest.mark.parametrize("case", list(NO_PROJECT))
def test_a_project_that_does_not_follow_the_standard_is_refused(case: str) -> None:
    with pytest.raises(errors.ProjectIsUnreadable):
        read_project(NO_PROJECT[case])


def book(codes: str) -> bytes:
    return f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{codes}</Codes></CodeBook>'.encode()


def nested(depth: int) -> str:
    opened = "".join(f'<Code guid="{guid(n)}" name="c{n}" isCodable="true">' for n in range(depth))
    return opened + "</Code>" * depth


NO_CODEBOOK = {
    "nothing": b"",
    "no codes": book(""),
    "another namespace": book(nested(1)).replace(b"1.0", b"0.9"),
    "a nameless code": book(f'<Code guid="{guid(1)}" name=" " isCodable="true"/>'),
    "a code without guid": book('<Code name="a" isCodable="true"/>'),
    "a guid twice": book(nested(1) * 2),
    "too deep": book(nested(60)),
    "very deep": book(nested(5000)),
    "an entity": b'<!DOCTYPE C [<!ENTITY x "y">]>' + book(nested(1)),
    "a zip": documents.packed({"a": "b"}),
}


@pytest.mark.parametrize("case", list(NO_CODEBOOK))
def test_a_codebook_that_does_not_follow_the_standard_is_refused(case: str) -> None:
    with pytest.raises(errors.CodebookIsUnreadable):
        read_codebook(NO_CODEBOOK[case])


def test_200_mb_is_refused_by_its_size() -> None:
    content = bytes(26 * 1024 * 1024)
    with pytest.raises(FileIsTooLarge):
        read_codebook(content)
    with pytest.raises(FileIsTooLarge):
        read_project(content)


def test_an_empty_codebook_does_not_leave() -> None:
    with pytest.raises(errors.NothingToExport):
        write_codebook(())


# Tables -----------------------------------------------------------------------------------------


def rows_of(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@INTERVIEWS
def test_each_coding_is_a_row(texts: Interviews) -> None:
    project = in_order(coded(texts))
    columns = ["interview", "van", "tot", "woorden", "code", "uitleg", "codeur"]
    rows = rows_of(write_fragments(project, columns))

    assert rows[0] == columns
    assert [(row[0], int(row[1]), int(row[2])) for row in rows[1:]] == [
        (source.name, s.start, s.end)
        for source in project.sources
        for s in source.selections
        for _ in s.codings
    ]
    assert {row[6] for row in rows[1:]} == {"Codeur 1", "Codeur 2"}
    assert all(
        project_text(project, row[0])[int(row[1]) : int(row[2])] == row[3] for row in rows[1:]
    )


def project_text(project: ExportProject, name: str) -> str:
    return next(source.text for source in project.sources if source.name == name)


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\ufeff=1", "\u200b=1",
        "\u200e\u202a+1", "\u00a0@x", "\u3000=1", "＝1+1", "＋1", "－1", "＠x", "\u2060\u00ad=1",
        "\x00=1", "'=1", '"=1', "\x1b=1", "|calc", "%0a=1", "−1",
    ],
)  # fmt: skip
def test_a_formula_is_defused(cell: str) -> None:
    assert rows_of(write_table(["a"], [[cell]]))[1] == ["'" + cell.replace("\x00", "")]


@pytest.mark.parametrize("cell", ["", "Hoi", "a=b", "“Ja”", "1+1", "שלום", "é", "…", "(x)"])
def test_words_stay_words(cell: str) -> None:
    assert defused(cell) == cell


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    content = write_table(["a", "=b", "c"], [[-5, 0.25, None]])

    assert content.decode("utf-8-sig") == '"a";"\'=b";"c"\r\n-5;0.25;""\r\n'


UNSEEN = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\u202a\u202e \t\r\n\x00"


@given(st.lists(st.text(alphabet=UNSEEN + "=+-@＝＋－＠a;\"'", max_size=8), min_size=1, max_size=4))
@example(['";=1'])
@example(["''"])
def test_no_cell_starts_a_formula_whatever_stands_before_it(cells: list[str]) -> None:
    found = rows_of(write_table(["kop"] * len(cells), [cells]))[1]

    assert [cell for cell in found if cell.strip(UNSEEN + '"')[:1] in set("=+-@＝＋－＠")] == []
    for cell, plain in zip(found, (cell.replace("\x00", "") for cell in cells), strict=True):
        assert cell in {plain, f"'{plain}"}
