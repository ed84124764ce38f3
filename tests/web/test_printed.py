"""What is printed is what the template renders, for every text and in both languages."""

from __future__ import annotations

import re
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.template.loader import get_template
from django.utils.translation import override

from smartstart.web.printed import _nested, printed

ODD = ["", "<b>\"Joke\" & 'Els'</b>", "qz1 zq", "{{ card.title }} 013 000"]
CARDS: list[dict[str, Any]] = [
    {"card.is_offer": a, "card.is_picked_up": b, "wait.is_late": c, "first": a}
    | {"wait.waited": waited, "wait.promised": 3}
    for a, b, c, waited in product([True, False], [True, False], [True, False], [0, 5])
]
ROWS: list[dict[str, Any]] = [
    {"one.state": state, "one.face": face, "one.is_strain": strain, "one.can_be_asked": strain}
    for state, face, strain in product(["doing", "asked", "quiet"], ["", "fox"], [True, False])
]
PILOTS: list[dict[str, Any]] = [
    {"stand": stand, "heard": heard, "icon": icon, "example": example}
    for stand, heard, icon, example in product([0, 2.5, 5], [0, 1, 7], ["school"], [True, False])
]
PARTS: dict[str, tuple[list[str], list[str], list[dict[str, Any]]]] = {
    "circle/_deeds.html": ([], ["page.ref"], [{"closed_on": True}, {"closed_on": False}]),
    "components/circle_legend.html": (["child"], [], [{"strains": ()}]),
    "circle/_work_card.html": (
        ["card.asker", "card.holder", "card.title", "wait.words", "wait.then", "csrf_token"],
        ["card.ref"],
        CARDS,
    ),
    "components/pilot_card.html": (["place", "name", "url", "question", "stand_words"], [], PILOTS),
    "circle/_around_row.html": (
        ["number", "one.works_at", "one.name", "one.work", "one.doing", "one.phone"],
        ["circle", "one.ref", "one.who"],
        ROWS,
    ),
}


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", html)


@pytest.mark.parametrize("template", PARTS)
def test_it_is_what_the_template_renders(template: str) -> None:
    texts, refs, moulds = PARTS[template]
    seen = set()
    for place, (same, language) in enumerate(product(moulds, ["nl", "en"])):
        for turn in range(len(ODD)):
            told: dict[str, Any] = {
                name: ODD[(turn + place * number) % len(ODD)] for number, name in enumerate(texts)
            }
            told |= {name: uuid4() for name in refs}
            with override(language):
                rendered = get_template(template).render(_nested({**same, **told}))
                assert printed(template, told, same) == rendered
            seen.add(plain(rendered))
    assert len(seen) == len(moulds) * 2 * len(ODD)
