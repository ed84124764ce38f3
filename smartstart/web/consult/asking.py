"""What the three steps of asking show and do: the words marked, the three experts, the sending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import VISITOR, Actor
from smartstart.access.permissions import Role
from smartstart.base import codes
from smartstart.base.refusals import TryLater
from smartstart.consult import identity, operations_asking, queries
from smartstart.consult.expertise.queries import Match, best_three
from smartstart.consult.states import AskerKind
from smartstart.web.answers import MEND
from smartstart.web.consult import brake, draft
from smartstart.web.consult.draft import Draft
from smartstart.web.consult.guard import family_frame, private
from smartstart.web.visit import VisitorRequest

IS_A: Final[dict[str, str | Promise]] = {
    "name": _("is a name"),
    "birth": _("is a birth date"),
    "address": _("is an address"),
    "postcode": _("is an address"),
    "neighbourhood": _("is a neighbourhood"),
    "phone": _("is a phone number"),
    "bsn": _("is a citizen service number"),
    "mail": _("is an e-mail address"),
    "web": _("is an address on the internet"),
    "account": _("is an account number"),
    "plate": _("is the plate of a car"),
    "handle": _("is a name on the internet"),
    "number": _("is a number of somebody"),
    "school": _("is a school"),
    "combination": _("together tell many people who it is"),
}
ELSE: Final = _("may tell who it is about")


@dataclass(frozen=True, slots=True)
class Decision:
    """One finding, with what a person can do about it."""

    number: int
    text: str
    is_a: str
    proposal: str
    is_missing: bool


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
    looked = identity.check(made.words, place_told=made.place is not None)
    made = made.with_findings(looked.found, by_rules=looked.by_rules_only)
    if not looked.found:
        return choose(request, made)
    return page(request, "check", findings_page(request, made, []))


def findings_page(request: VisitorRequest, made: Draft, undecided: list[int]) -> dict[str, Any]:
    """Return what the page of decisions shows."""
    return {
        "draft": draft.seal(made, request),
        "pieces": made.pieces,
        "decisions": [_decision(made, number, one, undecided) for number, one in
                      enumerate(made.found)],
        "undecided": bool(undecided),
        "by_rules": made.by_rules,
        "danger": identity.danger(made.words),
    }  # fmt: skip


def _decision(made: Draft, number: int, one: identity.Found, undecided: list[int]) -> Decision:
    text = made.words[one.start : one.end]
    is_a = str(IS_A.get(one.kind, ELSE))
    return Decision(number, text, is_a, one.proposal, number in undecided)


def choose(request: VisitorRequest, made: Draft, *, nobody: bool = False) -> HttpResponse:
    """Show the question as it becomes, and three who may think along."""
    found = {
        "draft": draft.seal(made, request),
        "words": made.words,
        "matches": matches(request, made),
        "nobody": nobody,
        "by_rules": made.by_rules,
        "danger": identity.danger(made.words),
    }
    return page(request, "choose", found, status=MEND if nobody else 200)


def matches(request: VisitorRequest, made: Draft) -> list[Match]:
    """Return three who may know; who asks is not among them."""
    near = queries.near_of(asker(request), made.place)
    language = get_language() or "nl"
    found = best_three(made.words, language=language, near=near, at=request.now)
    return [one for one in found if one.position_ref != request.actor.position]


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
