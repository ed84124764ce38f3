"""The gallery shows every component; the frames and error pages hold to their promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines
from django.test import Client, RequestFactory
from django.utils import translation

from smartstart.web.gallery.forms import SampleForm
from smartstart.web.gallery.frames import ERRORS, FRAMES
from smartstart.web.templatetags.look import blocks, dots, stand_line

TEMPLATES = Path(__file__).resolve().parents[2] / "smartstart/web/templates"
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
PAGES = [
    "/gallery/",
    "/gallery/right-to-left/",
    *(f"/gallery/frames/{kind}/" for kind in FRAMES),
    *(f"/gallery/errors/{kind}/" for kind in ERRORS),
]
MOST_LINES = 30


def seen(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def words(markup: str) -> str:
    """What a person reads: no tags, single blanks."""
    body = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", "", markup, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def drawn(template: str, **context: object) -> str:
    request = RequestFactory().get("/")
    return engines["django"].from_string(template).render(context, request)


def test_every_component_is_shown(client: Client) -> None:
    shown = set()
    for address in PAGES:
        response = client.get(address)
        shown |= {template.name for template in response.templates if template.name}

    assert [path.name for path in COMPONENTS if f"components/{path.name}" not in shown] == []


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_is_short_and_says_what_it_takes(path: Path) -> None:
    lines = path.read_text().splitlines()
    first = next(line for line in lines if line and not line.startswith("{% load"))

    assert len(lines) <= MOST_LINES
    assert re.fullmatch(r"\{# .+[.].* #\}", first), first


def test_a_component_that_sends_a_form_is_never_cut_off_from_its_token() -> None:
    """`only` takes the token away; a form without it is refused."""
    senders = {path.name for path in COMPONENTS if "{% csrf_token %}" in path.read_text()}
    alone = re.compile(r'include "components/([\w.]+)"[^%]* only %\}')
    cut_off = {
        f"{path.relative_to(TEMPLATES)}: {name}"
        for path in TEMPLATES.rglob("*.html")
        for name in alone.findall(path.read_text())
        if name in senders
    }

    assert "lock.html" in senders
    assert cut_off == set()


def test_the_gallery_has_no_unknown_frame_or_error(client: Client) -> None:
    assert client.get("/gallery/frames/nobody/").status_code == 404
    assert client.get("/gallery/errors/nobody/").status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_one_heading_of_the_first_level_and_its_language(
    client: Client, address: str
) -> None:
    page = seen(client, address)

    assert len(re.findall(r"<h1[ >]", page)) == 1
    turned = "right-to-left" in address
    assert re.search(r'<html lang="ar"\s+dir="rtl">' if turned else r'<html lang="nl"', page)
    assert re.search(r'<main[^>]+id="main"', page)


@pytest.mark.parametrize("kind", ["family", "child", "story"])
def test_a_family_page_does_not_say_what_site_this_is(client: Client, kind: str) -> None:
    page = seen(client, f"/gallery/frames/{kind}/")

    assert "Smart Start" in seen(client, "/gallery/frames/public/")
    assert "Smart Start" not in page
    assert "112" in words(page)
    assert "0800-2000" in words(page)
    assert "Snel weg" in words(page)
    assert re.search(r'href="https://www\.buienradar\.nl/"[^>]*data-away', page)


def test_the_hat_says_who_you_are_here(client: Client) -> None:
    assert "Je bent hier als onderzoeker, pilot voedselbank" in words(
        seen(client, "/gallery/frames/pilot/")
    )
    assert "Dit is de plek van Noor" in words(seen(client, "/gallery/frames/child/"))
    assert "Je bent hier als" not in words(seen(client, "/gallery/frames/plain/"))


def test_the_example_bar_is_there_only_in_the_example(client: Client) -> None:
    assert 'class="ss-example"' in seen(client, "/gallery/frames/public/")
    assert 'class="ss-example"' not in seen(client, "/gallery/frames/plain/")


def test_names_are_hidden_on_a_beamer(client: Client) -> None:
    assert "ss-names-hidden" in seen(client, "/gallery/frames/beamer/")
    assert "ss-names-hidden" not in seen(client, "/gallery/frames/pilot/")


def test_htmx_is_told_what_it_may_not_do(client: Client) -> None:
    page = seen(client, "/gallery/frames/public/")

    assert (
        '{"allowEval":false,"includeIndicatorStyles":false,"historyCacheSize":0,'
        '"refreshOnHistoryMiss":true,"selfRequestsOnly":true}'
    ) in page


def test_what_was_typed_is_still_on_the_page_of_a_refusal(client: Client) -> None:
    page = words(seen(client, "/gallery/errors/refusal/"))

    assert "Sinds de zomer slaapt ze slecht. Ik wil weten wie meedenkt." in page
    assert "Dit gesprek is al samengevoegd." in page


@pytest.mark.parametrize("kind", ["500", "503"])
def test_the_last_error_pages_need_nothing(kind: str) -> None:
    page = engines["django"].get_template(f"errors/{kind}.html").render()

    assert "{%" not in page
    assert "Naar de eerste bladzijde" in page


def test_a_field_points_to_what_helps_and_what_went_wrong() -> None:
    form = SampleForm({"parts": []}, auto_id="f_%s")
    page = drawn('{% include "components/field.html" with field=field only %}', field=form["title"])

    ids = set(re.findall(r'id="([^"]+)"', page))
    told = re.search(r'aria-describedby="([^"]+)"', page)
    assert told
    assert set(told[1].split()) == {"f_title_helptext", "f_title_error"} <= ids
    assert 'aria-invalid="true"' in page
    assert 'class="utrecht-textbox utrecht-textbox--invalid"' in page
    assert '<label class="utrecht-form-label" for="f_title">' in page


def test_the_list_of_errors_leads_to_each_box() -> None:
    form = SampleForm({}, auto_id="f_%s")
    page = drawn('{% include "components/form.html" with form=form button="Stuur" %}', form=form)

    targets = re.findall(r'href="#([^"]+)"', page)
    assert targets == ["f_title", "f_story", "f_place", "f_until_0", "f_parts_0", "f_agreed"]
    assert [target for target in targets if f'id="{target}"' not in page] == []
    assert 'enctype="multipart/form-data"' in page
    assert "csrfmiddlewaretoken" in page


def test_a_stand_is_said_in_the_language_of_the_page() -> None:
    template = '{% include "components/stand.html" with stand=stand only %}'
    with translation.override("nl"):
        assert drawn(template, stand=3.5).count('aria-label="Stand 3,5 van 5"') == 2
        assert drawn(template, stand=4.0).count('aria-label="Stand 4 van 5"') == 2


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_the_line_stops_where_the_pilot_stands(size: str) -> None:
    line = stand_line(3.5, size)

    assert [knot.word for knot in line.knots] == [
        *("0", "", "1", "", "2", "", "3", "", "4", "", "5")
    ]
    assert [knot.reached for knot in line.knots] == [True] * 8 + [False] * 3
    assert line.here == line.knots[7]
    assert line.width > line.end > line.here.x


@pytest.mark.parametrize(("stand", "reached"), [(-1, 0), (0, 0), (3.5, 7), (5, 10), (9, 10)])
def test_a_card_counts_in_halves(stand: float, reached: int) -> None:
    assert [block.reached for block in blocks(stand)] == [True] * reached + [False] * (10 - reached)


@pytest.mark.parametrize(
    ("waited", "promised", "told"),
    [
        (0, 3, ["open", "open", "open", "promise"]),
        (2, 4, ["past", "past", "open", "open", "promise"]),
        (3, 3, ["past", "past", "past", "promise"]),
        (4, 3, ["past", "past", "past", "broken", "late"]),
        (6, 2, ["past", "past", "broken", "late", "late", "late", "late"]),
    ],
)
def test_one_dot_per_working_day(waited: int, promised: int, told: list[str]) -> None:
    assert dots(waited, promised) == told
