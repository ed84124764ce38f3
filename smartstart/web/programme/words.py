"""Words that pages of pilots show besides what the room says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils import formats
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from smartstart.programme.queries import Card, Counts, Story
from smartstart.programme.queries.story import Took
from smartstart.web.printed import printed

ICONS: Final = {
    "primary_school": "school",
    "child_centre": "book",
    "food_bank": "basket",
    "midwifery": "baby",
    "neighbourhood": "people",
    "municipality": "building",
}
GROUP_WORDS: Final = {
    "thinking": gettext_lazy("Being thought up"),
    "trying": gettext_lazy("Being tried out"),
    "measured": gettext_lazy("Measured"),
}


def icon_of(kind: str | None) -> str:
    """Return the line icon of a kind of place."""
    return ICONS.get(kind or "", "home")


def printed_card(card: Card) -> SafeString:
    """Return a pilot as the card of the overview: the same component, filled in."""
    texts = {
        "place": card.place,
        "name": card.name,
        "url": reverse("programme:pilot", args=[card.slug]),
        "question": card.question,
        "stand_words": capfirst(_(card.stand_words)),
    }
    same = {
        "stand": card.stand,
        "heard": card.heard,
        "icon": icon_of(card.kind),
        "example": card.is_example,
    }
    return printed("components/pilot_card.html", texts, same)


def chips(counts: Counts, chosen: str) -> list[dict[str, Any]]:
    """Return the filters of the overview as links, each with how many there are."""
    pilots = reverse("programme:pilots")
    everything = {"label": _("All %(total)s") % {"total": counts.total}, "url": pilots}
    return [
        {**everything, "current": not chosen},
        *(
            {
                "label": f"{words} ({counts.groups[name]})",
                "url": f"{pilots}?stand={name}",
                "current": chosen == name,
            }
            for name, words in GROUP_WORDS.items()
        ),
    ]


def month_of(day: date) -> str:
    """Return a day as its month: days of long ago are not needed."""
    return formats.date_format(day, "F Y")


def day_of(day: date) -> str:
    """Return a day in words."""
    return formats.date_format(day, "j F Y")


def versions_of(story: Story) -> list[dict[str, Any]]:
    """Return the wordings of the question as the timeline takes them."""
    last = len(story.questions) - 1
    return [
        {
            "when": month_of(wording.since),
            "question": wording.text,
            "changed_by": wording.changed_by,
            "told": wording.told,
            "url": f"#knot-{wording.finding}" if wording.finding else "",
            "current": number == last,
        }
        for number, wording in enumerate(story.questions)
    ]


def changed_times(story: Story) -> str:
    """Return in words how often the question changed."""
    times = max(0, len(story.questions) - 1)
    if not times:
        return _("The question stayed the same")
    words = ngettext("The question changed once", "The question changed %(times)s times", times)
    return words % {"times": in_words(times)}


NUMBERS: Final = (
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
)


def in_words(number: int) -> str:
    """Return small numbers in words, others as figures."""
    return str(NUMBERS[number - 2]) if 2 <= number <= 6 else str(number)


def checks_of(story: Story, *, today: date) -> list[dict[str, Any]]:
    """Return why the stand is what it is: the newest evidence first, then what lacks a decision."""
    newest = sorted(story.marks, key=lambda mark: mark.given_on, reverse=True)
    carried = [mark for mark in newest if mark.words][:3]
    done = [{"words": _told(mark.words, mark.note), "done": True} for mark in carried]
    waiting = [
        {
            "words": decision.what,
            "done": False,
            "holder": decision.holder,
            "until": day_of(decision.due_on),
        }
        for decision in story.decisions
        if decision.decided_on is None
    ]
    lacking = [{"words": _(item.words), "done": False} for item in story.lacking]
    return [*done, *(waiting or lacking[:2])]


def _told(words: str, note: str) -> str:
    return f"{_(words)} {note}".strip()


@dataclass(frozen=True, slots=True)
class TookPartWords:
    """Who took part, in sentences."""

    sides: str
    total: int
    heard: int
    rest: int
    rest_hears_by: str


def took_part(sides: Iterable[Took]) -> TookPartWords | None:
    """Return who took part in sentences; None when nobody did yet."""
    sides = list(sides)
    total = sum(side.people for side in sides)
    if not total:
        return None
    heard = sum(side.heard_back for side in sides)
    days = [side.rest_hears_by for side in sides if side.rest_hears_by]
    return TookPartWords(
        sides=", ".join(_counted(side) for side in sides if side.people),
        total=total,
        heard=heard,
        rest=total - heard,
        rest_hears_by=day_of(max(days)) if days else "",
    )


def _counted(side: Took) -> str:
    counted = {
        "parent": ngettext("%(n)s parent", "%(n)s parents", side.people),
        "young": ngettext("%(n)s young person", "%(n)s young people", side.people),
        "professional": ngettext("%(n)s worker", "%(n)s workers", side.people),
        "representative": ngettext(
            "%(n)s council of parents", "%(n)s councils of parents", side.people
        ),
    }
    return counted[side.side] % {"n": side.people}
