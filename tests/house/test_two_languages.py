"""Every page is whole in Dutch and in English: no word outside a catalogue, none left as it was."""

from __future__ import annotations

import re

from smartstart.language.catalogue import check
from smartstart.language.catalogue.__main__ import ROOT
from tests.house import code

TEMPLATES = ROOT / "web" / "templates"
SAID = re.compile(
    r"\{%\s*blocktranslate.*?endblocktranslate\s*%\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}"
    r"|<!--.*?-->|<script\b.*?</script>|<[^>]*>",
    re.DOTALL,
)
TOLD_ALOUD = re.compile(r'\b(?:aria-label|title|alt|placeholder)="([^"{]*[^\W\d_]{2}[^"{]*)"')
LETTERS = re.compile(r"[^\W\d_]{2,}")
# Names are the same in every language; a class of a page is no word.
NAMES = {"Smart", "Start", "Veilig", "Thuis", "Kindertelefoon", "English", "Nederlands", "Fatima"}
NO_WORDS = re.compile(r"\bss-[a-z-]+|\bautoriteitpersoonsgegevens\.nl\b|gedragscoach")
# Shown when nothing works that could choose a language: they say it in both.
IN_BOTH = {"errors/400.html", "errors/500.html", "errors/503.html"}
# The look of letters, for who builds pages.
FOR_BUILDERS = {"gallery/_theme.html", "gallery/frame_home.html"}
# Words that are the same in Dutch and in English.
SAME = {"Begin", "Code", "Codes", "Mail", "Menu", "Open", "PDF", "Passkey", "Privacy", "Stand"}
SAME |= {"Stop", "Team", "code", "coder", "document", "expertise", "number"}
SAME |= {"Tigrinya", "brainstorm", "persona", "professional", "prototype"}
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%?s")


def bare(markup: str) -> list[str]:
    """Return the words of a template that no catalogue knows."""
    aloud = TOLD_ALOUD.findall(markup)
    rest = NO_WORDS.sub(" ", SAID.sub(" ", markup))
    return [word for word in LETTERS.findall(" ".join([rest, *aloud])) if word not in NAMES]


def test_no_page_says_a_word_that_no_catalogue_knows() -> None:
    assert bare('<p title="Hier">{% translate "Yes" %} Nee {{ name }}</p>') == ["Nee", "Hier"]
    found = [
        f"{name}: {' '.join(words)[:80]}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        if (name := path.relative_to(TEMPLATES).as_posix()) not in IN_BOTH | FOR_BUILDERS
        if (words := bare(path.read_text()))
    ]
    assert not found, code.told("Put it in {% translate %}, in English:", found)


def test_what_is_shown_when_nothing_works_says_it_in_both_languages() -> None:
    for name in ("errors/400.html", "errors/500.html", "errors/503.html"):
        assert "{% block english %}" in (TEMPLATES / name).read_text(), name
    assert '<p lang="en"' in (TEMPLATES / "errors/500.html").read_text()


DUTCH = {"het", "een", "niet", "jij", "wie", "wat", "naar", "voor", "zijn", "haar", "deze", "dit"}
DUTCH |= {"hier", "ook", "maar", "geen", "wordt"}


def test_sources_are_english_and_no_text_stayed_as_it_was() -> None:
    dutch, same = [], []
    for path, entries in check.read_all(ROOT).items():
        for entry in entries:
            words = LETTERS.findall(PLACEHOLDER.sub(" ", entry.msgid))
            if len(DUTCH & {word.casefold() for word in words}) * 3 > len(words) > 0:
                dutch.append(f"{path.parts[-4]}:{entry.line}: {entry.msgid}")
            if entry.msgid in entry.texts and set(words) - SAME:
                same.append(f"{path.parts[-4]}:{entry.line}: {entry.msgid}")
    assert not dutch, code.told("The source of a text is English:", dutch)
    assert not same, code.told("This is the same in both: translate it, or add it to SAME:", same)
