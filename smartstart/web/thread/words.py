"""What the thread is called on screens: kinds, columns, and how something stands."""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from smartstart.thread import operations_taking
from smartstart.thread.kinds import VOICES, Kind, Lack
from smartstart.thread.names import KINDS
from smartstart.thread.queries import KnotLine
from smartstart.thread.words import Words
from smartstart.web.quoting import quoted

BOXES: Final = {
    Kind.FIGURE: "figure",
    Kind.INSIGHT: "insight",
    Kind.HOW_MIGHT_WE: "question",
    Kind.IDEA: "idea",
    Kind.CONCEPT: "solution",
    Kind.PROTOTYPE: "idea",
    Kind.TEST: "measured",
    Kind.INDICATOR: "measured",
    Kind.FINDING: "measured",
}
LACKS: Final = {
    Lack.VOICE: gettext_lazy("No voice supports this yet."),
    Lack.FIGURE: gettext_lazy("No figure supports this yet."),
}
TAKEN_UP: Final = {
    Kind.INSIGHT: gettext_lazy("An insight"),
    Kind.HOW_MIGHT_WE: gettext_lazy("A how-might-we question"),
    Kind.IDEA: gettext_lazy("An idea"),
    Kind.TEST: gettext_lazy("A test result"),
}
SHORT: Final = 60
# “…open the door?”, “How might we… open the door?” or the whole sentence.
_QUESTION: Final = re.compile(
    r"\s*(?:(?:…|\.\.\.)|(?P<opening>hoe kunnen we|how might we)\b(?:…|\.\.\.)?)\s*(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)


def lack_of(knot: KnotLine, lack: Lack) -> str:
    """Return what is missing: never there, or not any more."""
    if lack is Lack.VOICE and knot.support.of_voices:
        return _("No voice supports this any more.")
    return str(LACKS[lack])


def box_of(knot: KnotLine) -> str:
    """Return in which clothes a knot is drawn."""
    if knot.is_withdrawn:
        return "withdrawn"
    return "weakened" if knot.is_weakened else BOXES.get(knot.kind, "voice")


def said_by(knot: KnotLine) -> str:
    """Return the words of a knot: a voice between quotation marks, a thing by its title."""
    if knot.is_withdrawn:
        return _("Voice taken back") if knot.kind in VOICES else _("Taken back")
    if knot.kind in VOICES:
        return quoted(knot.words.words) if knot.words.words else _("A voice that counts")
    title = knot.words.title or str(KINDS[knot.kind])
    return whole_question(title) if knot.kind is Kind.HOW_MIGHT_WE else title


def taken_up(knot: KnotLine) -> tuple[tuple[str, str], ...]:
    """Return what a voice can become with one tap, in the order of the thread."""
    if knot.kind not in VOICES or not knot.words.words:
        return ()
    return tuple((kind.value, str(TAKEN_UP[kind])) for kind in operations_taking.TAKEN_UP)


def below_its_column(knot: KnotLine) -> str:
    """Return the words of a knot in a drawing, where its column says “How might we…” already."""
    found = _QUESTION.fullmatch(knot.words.title) if knot.kind is Kind.HOW_MIGHT_WE else None
    return f"…{found['rest']}" if found and not knot.is_withdrawn else said_by(knot)


def whole_question(title: str) -> str:
    """Return a how-might-we question that can be read by itself, however its title was typed."""
    found = _QUESTION.fullmatch(title)
    return f"{found['opening'] or _('How might we')} {found['rest']}" if found else title


def beside(knot: KnotLine) -> str:
    """Return the small words below: who said it, what supports it, or that it is weakened."""
    if knot.is_withdrawn:
        return _("The words are gone.")
    if knot.is_weakened:
        return weakened(knot)
    if knot.kind in VOICES:
        return knot.words.by if knot.words.words else _("This person is not quoted.")
    if knot.kind is Kind.TEST and "went_on" in knot.words.form:
        return _tried(knot.words)
    return supported(knot)


def weakened(knot: KnotLine) -> str:
    """Return how much of what was below it is left; that may have been cut loose."""
    if not knot.support.of_voices:
        return _("weakened: no voice any more")
    left = {"left": knot.support.voices, "total": knot.support.of_voices}
    words = ngettext(
        "weakened: %(left)s of %(total)s voice",
        "weakened: %(left)s of %(total)s voices",
        left["total"],
    )
    return words % left


def supported(knot: KnotLine) -> str:
    """Return on how many voices and figures it rests; empty for a source."""
    voices, figures = knot.support.voices, knot.support.figures
    told = []
    if voices:
        told.append(ngettext("%(n)s voice", "%(n)s voices", voices) % {"n": voices})
    if figures:
        told.append(ngettext("%(n)s figure", "%(n)s figures", figures) % {"n": figures})
    return ", ".join(told)


def _tried(words: Words) -> str:
    people, went_on = int(words.form.get("people", 0)), int(words.form["went_on"])
    told = ngettext("%(n)s of %(of)s went on", "%(n)s of %(of)s went on", went_on)
    return told % {"n": went_on, "of": people}


def short(words: str) -> str:
    """Return words that fit in a link, cut at a blank."""
    if len(words) <= SHORT:
        return words
    cut = words[:SHORT].rsplit(" ", 1)[0]
    return f"{cut}…”" if words.endswith("”") else f"{cut}…"
