"""Reading transcripts: the same words from four kinds of file, and what is seen in them."""

import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smartstart.base.files.errors import FileRefused
from smartstart.base.files.tidying import tidy
from smartstart.voices.transcripts import (
    OddityKind,
    Segment,
    Shape,
    Speaker,
    read_transcript,
    sentences,
)
from smartstart.voices.transcripts.oddities import also_in
from smartstart.voices.transcripts.segments import segments_of
from tests.voices import documents
from tests.voices.texts import Interviews, both

ASKS, TELLS = Speaker.QUESTION, Speaker.ANSWER
MAKERS: dict[str, Callable[[str], bytes]] = {
    "txt": str.encode,
    "docx": documents.docx,
    "odt": documents.odt,
    "vtt": documents.vtt,
}
INTERVIEWS = pytest.mark.parametrize("texts", both(), ids=lambda texts: texts.origin)


def told(text: str) -> list[tuple[Speaker | None, int, str]]:
    return [(s.speaker, s.number, text[s.start : s.end]) for s in segments_of(text)]


# The journey on a real interview ----------------------------------------------------------------


@INTERVIEWS
def test_an_interview_falls_apart_in_questions_and_answers(texts: Interviews) -> None:
    transcript = read_transcript(texts.interview.encode(), "interview.txt")

    assert [(s.speaker, s.number) for s in transcript.segments] == [
        (ASKS, 1),
        (TELLS, 1),
        (ASKS, 2),
        (TELLS, 2),
        (TELLS, 2),
        (ASKS, 3),
        (TELLS, 3),
        (ASKS, 4),
        (TELLS, 4),
    ]
    assert transcript.oddities == ()


@INTERVIEWS
def test_a_page_shows_its_leftover_and_what_it_repeats(texts: Interviews) -> None:
    page = read_transcript(texts.page.encode(), "pagina.txt")

    assert [s.number for s in page.segments if s.speaker] == [1, 1]
    assert [(o.kind, o.quoted) for o in page.oddities] == [
        (OddityKind.WEB_RESIDUE, "Skip to content")
    ]
    repeated = also_in(page.text, page.segments, tidy(texts.interview))
    assert [oddity.kind for oddity in repeated] == [OddityKind.IN_ANOTHER_TEXT] * 2


@INTERVIEWS
@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_the_same_words_come_out_of_every_kind_of_document(texts: Interviews, kind: str) -> None:
    for text in (texts.interview, texts.page):
        plain = read_transcript(text.encode(), "a.txt")
        document = read_transcript(MAKERS[kind](text), f"a.{kind}")

        assert (document.text, document.segments) == (plain.text, plain.segments)


@INTERVIEWS
def test_subtitles_give_the_same_words_with_their_moments(texts: Interviews) -> None:
    plain = read_transcript(texts.interview.encode(), "a.txt")
    spoken = read_transcript(documents.vtt(texts.interview, asker="Vraag", teller="Kim"), "a.vtt")

    assert [(s.speaker, s.number) for s in spoken.segments] == [
        (speaker, number) for number in (1, 2, 3, 4) for speaker in (ASKS, TELLS)
    ]
    assert [(s.starts_at, s.ends_at) for s in spoken.segments][:4] == [
        (0, 4),
        (4, 8),
        (8, 12),
        (12, 20),
    ]
    assert "".join(plain.text.split()) == "".join(
        spoken.text.replace("Vraag: ", "").replace("Kim: ", "").split()
    )


@pytest.mark.parametrize("kind", list(MAKERS))
def test_300_000_characters_are_read_within_a_second(kind: str) -> None:
    interview = both()[0].interview
    content = MAKERS[kind]((interview * 200)[:300_000])
    begun = time.process_time()
    transcript = read_transcript(content, f"a.{kind}")

    assert time.process_time() - begun < 1
    assert len(transcript.text) > 280_000


# Segments ---------------------------------------------------------------------------------------


@given(
    st.lists(
        st.sampled_from(
            ["Vraag:", "Kim: ja", "Let op: x", "“Ja.", "Nee.”", "Waarom?", "", " ", "A: b", "„Ja“"]
        ),
        max_size=20,
    ).map("\n".join)
    | st.text()
)
@example("“")
def test_segments_hold_every_character_once_in_order(text: str) -> None:
    text = tidy(text)
    found = segments_of(text)

    held = [place for s in found for place in range(s.start, s.end)]
    assert held == sorted(set(held))
    assert [text[p] for p in held if not text[p].isspace()] == [c for c in text if not c.isspace()]
    assert all((s.number > 0) == (s.speaker is not None) or s.number == 0 for s in found)
    assert all(text[s.start : s.end].strip() for s in found)


def test_labels_tell_who_asks() -> None:
    assert told(
        "Vraag: Hoe gaat het?\nAntwoord: Goed.\nEn verder gaat het zo.\nVraag 2: Echt?"
    ) == [
        (ASKS, 1, "Vraag: Hoe gaat het?"),
        (TELLS, 1, "Antwoord: Goed."),
        (TELLS, 1, "En verder gaat het zo."),
        (ASKS, 2, "Vraag 2: Echt?"),
    ]


def test_names_that_come_back_are_speakers_and_who_mostly_asks_asks() -> None:
    text = "Sanne: Hoe was het?\nKim de Wit: Druk.\nSanne: Waarom?\nKim de Wit: Zo ging het: snel."

    assert [(s.speaker, s.who) for s in segments_of(text)] == [
        (ASKS, "Sanne"),
        (TELLS, "Kim de Wit"),
        (ASKS, "Sanne"),
        (TELLS, "Kim de Wit"),
    ]


def test_a_warning_with_a_colon_is_nobody() -> None:
    assert told("Let op: dit is geheim.\nWaarom?\n“Daarom.”") == [
        (None, 0, "Let op: dit is geheim."),
        (ASKS, 1, "Waarom?"),
        (TELLS, 1, "“Daarom.”"),
    ]


def test_only_questions_labelled_makes_the_rest_answers() -> None:
    assert [s.speaker for s in segments_of("Vraag: Hoe?\nZo.\nEn zo.\nVraag: Echt?\nJa.")] == [
        ASKS,
        TELLS,
        TELLS,
        ASKS,
        TELLS,
    ]


def test_only_answers_labelled_makes_what_asks_questions() -> None:
    assert [s.speaker for s in segments_of("Hoe?\nAntwoord: Zo.\nEcht?\nAntwoord: Ja.")] == [
        ASKS,
        TELLS,
        ASKS,
        TELLS,
    ]


def test_an_answer_in_one_pair_of_quotes_may_have_several_paragraphs() -> None:
    assert [s.speaker for s in segments_of("Vertel eens.\n“Eerst dit.\nDan dat.”\nLos.")] == [
        ASKS,
        TELLS,
        TELLS,
        None,
    ]


def test_a_quote_that_never_closes_does_not_swallow_the_rest() -> None:
    assert [s.speaker for s in segments_of("Hoe?\n“Zo\nLos.\nWaarom?\n“Daarom.”")] == [
        ASKS,
        TELLS,
        None,
        ASKS,
        TELLS,
    ]


def test_without_quotes_a_short_question_opens_an_answer() -> None:
    assert told("Inleiding.\nHoe gaat het?\nGoed.") == [
        (None, 0, "Inleiding."),
        (ASKS, 1, "Hoe gaat het?"),
        (TELLS, 1, "Goed."),
    ]


def test_a_text_without_questions_says_so() -> None:
    assert [o.kind for o in read_transcript(b"Los verhaal.", "a.txt").oddities] == [
        OddityKind.NO_QUESTIONS
    ]


def test_a_paragraph_that_stands_twice_is_shown_once() -> None:
    answer = "“Dit antwoord is lang genoeg om op te vallen als het terugkomt.”"
    transcript = read_transcript(f"Hoe?\n{answer}\nEn hoe?\n{answer}".encode(), "a.txt")

    assert [(o.kind, o.quoted) for o in transcript.oddities] == [
        (OddityKind.SAID_TWICE, "“Dit antwoord is lang genoeg om op te vallen als het…")
    ]
    assert transcript.warnings[0].count("“") == 2


# Subtitles --------------------------------------------------------------------------------------


def test_subtitles_of_two_voices_become_turns_with_times() -> None:
    content = (
        "\ufeffWEBVTT - gesprek\r\nKind: captions\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\n"
        "NOTE 00:00 niet gezegd\r\n\r\n1\r\n00:01.000 --> 00:02.500 align:start\r\n"
        "<v.luid Sanne>Hoe <i>gaat</i> het\r\n\r\n00:02.500 --> 00:04.000\r\n<v Sanne>&amp; waarom?"
        "\r\n\r\n01:00:04.000 --> 01:00:06.000\r\n<v Kim>Goed.</v> <v Sanne>Echt?\r\n\r\n"
        "01:00:07.000 --> 01:00:08.000\r\n<c.geel> </c>\r\n"
    )
    transcript = read_transcript(content.encode(), "gesprek.vtt")

    assert transcript.shape is Shape.SUBTITLES
    assert transcript.text == "Sanne: Hoe gaat het & waarom?\n\nKim: Goed.\n\nSanne: Echt?"
    assert transcript.segments == (
        Segment(0, 29, ASKS, 1, "Sanne", 1.0, 4.0),
        Segment(31, 41, TELLS, 1, "Kim", 3604.0, 3606.0),
        Segment(43, 55, ASKS, 2, "Sanne", 3604.0, 3606.0),
    )


# One plain form ---------------------------------------------------------------------------------


@given(st.text(alphabet=st.characters(exclude_categories=[])))
def test_tidy_text_is_normal_prints_and_stays(text: str) -> None:
    tidied = tidy(text)

    assert tidied == unicodedata.normalize("NFC", tidied)
    assert tidy(tidied) == tidied
    assert tidied.encode().decode() == tidied
    unwanted = {c for c in tidied if unicodedata.category(c) in {"Cc", "Cs"}} - {"\n", "\t"}
    assert unwanted == set()


@given(st.text())
@example("e\u0301e\u0301n café")
@example("שלום \u200fעולם")
def test_every_text_survives_every_encoding_it_can_be_written_in(text: str) -> None:
    text = tidy(f"Hoe gaat het met je?\n{text}").replace("\ufffd", "")
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert read_transcript(text.encode(encoding), "a.txt").text == text


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le", "utf-16-be"])
def test_dutch_reads_the_same_without_a_mark(encoding: str) -> None:
    text = "Hoe gaat het?\n“Eén keer per week – ’s avonds – krijg ik € 5 van oma Zoë…”"

    assert read_transcript(text.encode(encoding), "a.txt").text == text


def test_lines_of_other_systems_are_lines() -> None:
    content = "a\r\nb\rc\u2028d\u0085e\x0cf".encode()

    assert read_transcript(content, "a.txt").text == "a\nb\nc\nd\ne\nf"


def test_half_a_pair_shows_where_something_got_lost() -> None:
    content = "Hoe gaat het? Goed".encode("utf-16-le") + b"\x3d\xd8" + " hoor.".encode("utf-16-le")
    transcript = read_transcript(b"\xff\xfe" + content, "a.txt")

    assert transcript.text == "Hoe gaat het? Goed\ufffd hoor."
    assert OddityKind.LOST_CHARACTERS in {oddity.kind for oddity in transcript.oddities}


def words_or_refusal(content: bytes) -> str:
    try:
        return read_transcript(content, "iets").text
    except FileRefused as refusal:
        return str(refusal)


@given(st.binary(max_size=400))
@example(b"WEBVTT\n\n00:00.000 --> 00:01.000\n<v " + b"<" * 50)
def test_any_bytes_are_read_or_refused_with_a_sentence(content: bytes) -> None:
    said = words_or_refusal(content)

    assert sentences(said)


@given(st.binary(min_size=1, max_size=60), st.integers(0, 3000), st.sampled_from(["docx", "odt"]))
def test_a_damaged_document_is_read_or_refused_with_a_sentence(
    damage: bytes, place: int, kind: str
) -> None:
    whole = MAKERS[kind]("Hoe gaat het?\n“Goed.”")
    place %= len(whole)

    assert words_or_refusal(whole[:place] + damage + whole[place + len(damage) :])


# What office programs put in documents ----------------------------------------------------------


def test_word_shows_what_a_reader_sees() -> None:
    body = (
        "<w:p><w:r><w:t>Een</w:t><w:tab/><w:t>twee</w:t><w:br/><w:t>drie</w:t></w:r>"
        "<w:del><w:r><w:delText>weg</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>verhuisd</w:t></w:r></w:moveFrom>"
        "<w:ins><w:r><w:t> erbij</w:t></w:r></w:ins>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>cel</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )

    assert read_transcript(documents.docx_of_body(body), "a.docx").text == (
        "Een\ttwee\ndrie erbij\ncel"
    )


def test_open_document_shows_what_a_reader_sees() -> None:
    body = (
        "<text:tracked-changes><text:p>weg</text:p></text:tracked-changes>"
        "<text:h>Kop</text:h>"
        "<text:p>Een<text:s text:c='3'/>twee <text:span> </text:span>"
        "<text:span>  drie</text:span>\n vier"
        "<text:note><text:note-body><text:p>noot</text:p></text:note-body></text:note>"
        "<text:line-break/>vijf<text:s text:c='99999999999'/>zes</text:p>"
        "<office:annotation><text:p>opmerking</text:p></office:annotation>"
    )

    assert read_transcript(documents.odt_of_body(body), "a.odt").text == (
        "Kop\nEen   twee drie vier\nvijf zes"
    )


def test_word_finds_its_main_part_under_another_name() -> None:
    types = documents.CONTENT_TYPES.replace("/word/document.xml", "/word/document2.xml")
    body = f'<w:body xmlns:w="{documents.WORD}"><w:p><w:r><w:t>Hoi.</w:t></w:r></w:p></w:body>'
    content = documents.packed({"[Content_Types].xml": types, "word/document2.xml": body})

    assert read_transcript(content, "a.docx").text == "Hoi."


def test_subtitles_skip_what_has_no_moment() -> None:
    content = b"WEBVTT\n\nlos\nzonder tijd\n\n00:01.000 --> 00:02.000\nHoe gaat het"

    assert read_transcript(content, "a.vtt").text == "Hoe gaat het"
