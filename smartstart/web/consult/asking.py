"""What the three steps of asking show and do: the words marked, the three experts, the sending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from smartstart.access.actor import VISITOR, Actor
from smartstart.access.permissions import Role
from smartstart.base import codes
from smartstart.base.refusals import TryLater
from smartstart.consult import identity, operations_asking, queries
from smartstart.consult.expertise.queries import Match, best_three
from smartstart.consult.states import AskerKind
from smartstart.web.answers import MEND
from smartstart.web.consult import brake, deciding, draft
from smartstart.web.consult.draft import Draft
from smartstart.web.consult.guard import family_frame, private
from smartstart.web.visit import VisitorRequest


def is_function(request: VisitorRequest) -> bool:
    """Whether somebody asks as function: a professional who has one."""
    return request.actor.role is Role.PROFESSIONAL and request.actor.position is not None


def asker(request: VisitorRequest) -> Actor:
    """Return as whom is asked: a function, or nobody in particular, whoever signed in."""
    return request.actor if is_function(request) else VISITOR


def page(
    request: VisitorRequest, name: str, found: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Answer with a page of asking, in the frame of who asks; nobody keeps it."""
    told = found | ({"frame": "base.html"} if is_function(request) else family_frame())
    # Another language is another visit of the address: the words, and the code, would be gone.
    told["keeps_language"] = request.method == "POST"
    if "code" in told:
        told["code_shown"] = codes.shown(told["code"])
    return private(render(request, f"consult/{name}.html", told, status=status))


def as_initial(kept: Draft | None) -> dict[str, Any]:
    """Return a draft as the form begins with it."""
    return {} if kept is None else {"words": kept.words, "place": kept.place, "kind": kept.kind}


def checked(request: VisitorRequest, made: Draft) -> HttpResponse:
    """Look for what tells who it is: nothing found goes on to choosing."""
    by_function = is_function(request) and queries.tells_where(request.actor)
    looked = identity.check(made.words, place_told=made.place is not None or by_function)
    made = made.with_findings(looked)
    if not looked.found:
        return choose(request, made)
    return page(request, "check", findings_page(request, made, []))


def findings_page(request: VisitorRequest, made: Draft, undecided: list[int]) -> dict[str, Any]:
    """Return what the page of decisions shows."""
    return {
        "draft": draft.seal(made, request),
        "pieces": deciding.pieces(made.words, made.found),
        "decisions": deciding.decisions(made.words, made.found, undecided),
        "undecided": bool(undecided),
        "by_rules": made.by_rules,
        "only_dutch": made.only_dutch,
        "danger": identity.danger(made.words),
    }


@dataclass(frozen=True, slots=True)
class Proposed:
    """Who may think along; ``is_chosen``: ticked beforehand."""

    match: Match
    is_chosen: bool


def choose(request: VisitorRequest, made: Draft, *, nobody: bool = False) -> HttpResponse:
    """Show the question as it becomes, and three who may think along.

    The first is ticked beforehand only when it is no guess, and never where words tell of danger.
    """
    may_know, in_danger = matches(request, made), identity.danger(made.words)
    is_sure = bool(may_know) and may_know[0].is_sure
    ticked = may_know[:1] if is_sure and not in_danger else []
    found = {
        "draft": draft.seal(made, request),
        "words": made.words,
        "matches": [Proposed(one, one in ticked) for one in may_know],
        "is_a_guess": not is_sure,
        "nobody": nobody,
        "by_rules": made.by_rules,
        "only_dutch": made.only_dutch,
        "danger": in_danger,
    }
    return page(request, "choose", found, status=MEND if nobody else 200)


def matches(request: VisitorRequest, made: Draft) -> list[Match]:
    """Return three who may know; who asks is not among them."""
    near = queries.near_of(asker(request), made.place)
    language = get_language() or "nl"
    me = request.actor.position
    without = [me] if me else []
    found = best_three(made.words, language=language, near=near, at=request.now, without=without)
    return [one for one in found if one.position_ref != me]


def chosen(request: VisitorRequest) -> list[UUID]:
    """Return who was chosen, in the order of the page; nothing when it makes no sense."""
    told = request.POST.getlist("to")
    try:
        found = [UUID(one) for one in dict.fromkeys(told)]
    except ValueError:
        return []
    return found if len(found) <= operations_asking.MOST_ASKED else []


def send(request: VisitorRequest, made: Draft, to: list[UUID]) -> UUID:
    """Send it once. Raises TryLater from a line that asks very often, and what ``ask`` raises."""
    if not is_function(request) and not brake.may_ask(
        request.META.get("REMOTE_ADDR", ""), now=request.now
    ):
        raise TryLater
    asked = operations_asking.ask(
        asker(request),
        words=made.words,
        to=to,
        kind=AskerKind(made.kind),
        place=made.place,
        language=(get_language() or "nl")[:2],
        code=made.code,
        ref=UUID(made.ref),
        at=request.now,
    )
    return asked.ref
