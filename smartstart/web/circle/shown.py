"""How a circle is shown: its picture, its list in groups, and the sentences above them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from smartstart.circle.queries_family import Around, CirclePage
from smartstart.web.circle.drawn import svg
from smartstart.web.circle.picture import PHONE, WIDE, Middle, Near, Party, Picture, draw, in_order
from smartstart.web.printed import printed

ICONS: Final = {
    "education": "school",
    "youth_care": "people",
    "health": "heart",
    "municipality": "building",
    "police_justice": "shield",
    "safety": "shield",
    "income_debt": "basket",
    "welfare": "hand",
}
SIDES: Final[dict[str, str | Promise]] = {
    "development": gettext_lazy("How things go with %(child)s"),
    "parents": gettext_lazy("What you need yourself"),
    "surroundings": gettext_lazy("What is going on around it"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """One side of the circle in the list: its lines as they are shown. ``kind`` colours it."""

    kind: str
    heading: str
    rows: tuple[SafeString, ...]


@dataclass(frozen=True, slots=True)
class LegendStrain:
    """What a line of strain says in the legend: whose, who sees it, and to whom it was drawn.

    ``about`` is empty while all lines say the same.
    """

    words: str
    seen_by: str
    about: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A circle as the page shows it."""

    heading: str
    counts: str
    wide: SafeString
    phone: SafeString
    groups: tuple[Group, ...]
    is_numbered: bool
    legend: SafeString
    deeds: SafeString


def shown(page: CirclePage) -> Shown:
    """Return the picture and the list of a circle."""
    middle = _middle(page)
    parties, near = [_party(one) for one in page.parties], [_near(one) for one in page.near]
    wide = draw(middle, parties, near, sheet=WIDE)
    phone = draw(middle, parties, near, sheet=PHONE)
    counts = _counts(page.around)
    heading = _("The circle around %(child)s") % {"child": child_of(page)}
    return Shown(
        heading=heading,
        counts=counts,
        wide=_svg(wide, heading, counts, "wide"),
        phone=_svg(phone, heading, counts, "phone"),
        groups=tuple(_groups(page, parties)),
        is_numbered=not wide.is_named,
        legend=_legend(child_of(page), _strains(page.around)),
        deeds=printed(
            "circle/_deeds.html", {"page.ref": page.ref}, {"closed_on": page.closed_on is not None}
        ),
    )


def _legend(child: str, strains: tuple[LegendStrain, ...]) -> SafeString:
    """Return what the lines mean; lines of strain are few, and each says something else."""
    if strains:
        return render_to_string(
            "components/circle_legend.html", {"child": child, "strains": strains}
        )
    return printed("components/circle_legend.html", {"child": child}, {"strains": ()})


def child_of(page: CirclePage) -> str:
    """Return round whom the circle is: the child, or the home while no child is in it."""
    return page.about.called if page.about else page.called


def _svg(drawn: Picture, heading: str, counts: str, kind: str) -> SafeString:
    says = _("%(counts)s The list has the same people.") % {"counts": counts}
    return svg(drawn, name=heading, says=says, kind=kind)


def _middle(page: CirclePage) -> Middle:
    me, child = page.me, page.about
    if child is None:
        return Middle(page.called, me.face if me else "")
    if me is None or me.person == child.person:
        return Middle(child.called, child.face)
    name = _("%(child)s and you") % {"child": child.called}
    return Middle(name, child.face, me.called, me.face)


def _party(one: Around) -> Party:
    return Party(
        str(one.ref),
        one.works_at or one.name or one.work,
        (one.name or one.work) if one.works_at else "",
        ICONS.get(one.domain, "people"),
        one.side,
        one.state,
        one.is_strain,
    )


def _near(one: Around) -> Near:
    return Near(str(one.ref), one.name, one.face, one.state, one.is_strain)


def _counts(around: Sequence[Around]) -> str:
    doing = sum(1 for one in around if one.state == "doing")
    asked = sum(1 for one in around if one.state == "asked")
    said = ngettext("%(n)s does something now", "%(n)s do something now", doing) % {"n": doing}
    also = ngettext("%(n)s got a question", "%(n)s got a question each", asked) % {"n": asked}
    told = [words for words, number in ((said, doing), (also, asked)) if number]
    return f"{', '.join(told) or _('Nobody does anything now')}."


def _strains(around: Sequence[Around]) -> tuple[LegendStrain, ...]:
    """Return what the legend says of lines of strain, each sentence once."""
    said: dict[tuple[str, str], list[str]] = {}
    for one in around:
        for sentence in _said_of(one):
            said.setdefault(sentence, []).append(one.works_at or one.name or one.work)
    return tuple(
        LegendStrain(words, seen_by, ", ".join(about) if len(said) > 1 else "")
        for (words, seen_by), about in said.items()
    )


def _said_of(one: Around) -> Iterator[tuple[str, str]]:
    if one.strain is None:
        return
    if one.strain.is_mine:
        yield _("costs me strength."), seen_by(one.strain.readers.values())
    for name in one.strain.drawn_by.values():
        words = _("costs %(name)s strength.") % {"name": name}
        yield words, _("%(name)s lets you see this line.") % {"name": name}


def line_seen_by(one: Around) -> str:
    """Return who sees the line the reader drew to this one; nothing when there is none."""
    return seen_by(one.strain.readers.values()) if one.strain and one.strain.is_mine else ""


def seen_by(names: Iterable[str]) -> str:
    """Return who sees a line one drew, as a sentence; nobody else unless they were picked."""
    others = sorted(names)
    if not others:
        return _("Only you see this line.")
    *first, last = others
    said = {"names": ", ".join(first), "last": last}
    if not first:
        return _("You and %(last)s see this line.") % said
    return _("You, %(names)s and %(last)s see this line.") % said


def _groups(page: CirclePage, parties: Sequence[Party]) -> list[Group]:
    numbers = {party.key: number for number, party in enumerate(in_order(parties), 1)}
    near = tuple(_row(page.ref, one, 0) for one in page.near)
    groups = [Group("near", _("Close by"), near)] if near else []
    child: dict[str, Any] = {"child": child_of(page)}
    for side, heading in SIDES.items():
        here = [one for one in page.parties if one.side == side]
        if rows := [_row(page.ref, one, numbers[str(one.ref)]) for one in here]:
            groups.append(Group(side, str(heading) % child, tuple(rows)))
    return groups


def _row(circle: UUID, one: Around, number: int) -> SafeString:
    """Return one line of the list, with the number it has in the picture (0: none)."""
    texts: dict[str, str | UUID] = {
        "circle": circle,
        "number": str(number or ""),
        "one.ref": one.ref,
        "one.works_at": one.works_at,
        "one.name": one.name,
        "one.work": one.work,
        "one.doing": one.doing,
        "one.phone": one.phone,
        "one.who": one.who or "",
    }
    same = {
        "one.state": one.state,
        "one.face": one.face,
        "one.is_strain": one.is_strain,
        "one.can_be_asked": one.can_be_asked,
    }
    return printed("circle/_around_row.html", texts, same)
