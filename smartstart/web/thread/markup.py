"""A thread as HTML and SVG, fast enough for every public page.

A thread has many small boxes; a template part for each costs more than all the rest of the page.
What stands here is escaped once and put together as plain strings. The boxes of the list are those
of ``components/knot.html``; a test holds both to each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from smartstart.web.thread.drawing import Box, Drawing
    from smartstart.web.thread.shown import Node, Way


def drawn(drawing: Drawing) -> SafeString:
    """Return the drawing as SVG; every knot that leads somewhere is a link."""
    heads = (
        f'<text class="ss-thread-svg__head" x="{head.x}" y="{head.y}">{escape(head.words)}</text>'
        for head in drawing.heads
    )
    curves = (
        f'<path{" class=" + _WEAK if curve.is_weak else ""} d="{curve.path}" />'
        for curve in drawing.curves
    )
    size = f'width="{drawing.width}" height="{drawing.height}"'
    name = escape(_("The thread, drawn from left to right"))
    return SafeString(
        f'<svg class="ss-thread-svg" viewBox="0 0 {drawing.width} {drawing.height}" {size}'
        f' role="group" aria-label="{name}">'
        f"{''.join(heads)}{''.join(curves)}{''.join(map(_box, drawing.boxes))}</svg>"
    )


_WEAK = '"ss-thread-svg__weak"'


def _box(box: Box) -> str:
    kind = f'class="ss-thread-svg__knot ss-thread-svg__knot--{box.piece.box}"'
    lines = "".join(
        f'<tspan{_SMALL if line.is_small else ""} x="{line.x}" y="{line.y}">'
        f"{escape(line.words)} </tspan>"
        for line in box.lines
    )
    inside = (
        f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="9" />'
        f"<text>{lines}</text>"
    )
    if not box.piece.url:
        return f"<g {kind}>{inside}</g>"
    return f'<a {kind} href="{escape(box.piece.url)}">{inside}</a>'


_SMALL = ' class="ss-thread-svg__small"'


def listed(nodes: Sequence[Node]) -> SafeString:
    """Return the thread as one line downward, each knot with the ways down and up."""
    down, up = escape(_("Rests on:")), escape(_("Led to:"))
    rows = "".join(_row(node, down, up) for node in nodes)
    return SafeString(f'<ol class="ss-thread-line">{rows}</ol>')


def _row(node: Node, down: str, up: str) -> str:
    weak = ' class="ss-thread-line__weak"' if node.is_weak else ""
    return (
        f'<li id="{node.anchor}" tabindex="-1"{weak}>'
        f'<p class="ss-timeline__word">{escape(node.kind)}</p>'
        f"{knot(node.box, node.words, node.small, node.url)}{_lacks(node)}"
        f"{_ways(down, node.below)}{_ways(up, node.above)}</li>"
    )


def knot(kind: str, words: str, small: str, url: str) -> str:
    """Return one box, as ``components/knot.html`` draws it."""
    said = f'<a href="{escape(url)}">{escape(words)}</a>' if url else escape(words)
    below = f'<p class="ss-knot__from">{escape(small)}</p>' if small else ""
    return f'<div class="ss-knot ss-knot--{kind}"><p>{said}</p>{below}</div>'


def _lacks(node: Node) -> str:
    reasons = [*[""] * (len(node.lacks) - 1), escape(node.gap)]
    return "".join(
        f'<p class="ss-small"><strong>{escape(lack)}</strong> {reason}</p>'
        for lack, reason in zip(node.lacks, reasons, strict=False)
    )


def _ways(words: str, ways: Iterable[Way]) -> str:
    links = ", ".join(f'<a class="nl-link" href="{w.url}">{escape(w.words)}</a>' for w in ways)
    if not links:
        return ""
    return f'<p class="ss-small ss-ways"><span class="ss-soft">{words}</span> {links}</p>'
