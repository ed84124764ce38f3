"""What is said after the question is looked at as the question was: a person decides what stays.

Before anything is kept the words go through the same check. What is found is shown in place, and
the form travels on sealed, as a question does before it is sent (``draft``). When only the fixed
rules look, the page of the exchange said so beforehand (``told``); else this page says it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import wraps
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render

from smartstart.consult import identity, queries
from smartstart.consult.errors import WordsDoNotOpen
from smartstart.consult.identity import Found
from smartstart.consult.letters import as_read
from smartstart.language import client
from smartstart.people.errors import TextIsForSomebodyElse, TextIsTooOld
from smartstart.web.answers import MEND
from smartstart.web.consult import deciding, draft
from smartstart.web.consult.guard import family_frame, private
from smartstart.web.people.unsent import Unsent, form_of, open_form, seal_form
from smartstart.web.visit import VisitorRequest

OfOne = Callable[[VisitorRequest, UUID], HttpResponseBase]
LONGEST: Final = 5_000  # characters; longer is refused by every form
STATUS_SECONDS: Final = 0.2
FOUND: Final = "found"
LOOK_FIRST: Final = "look"  # who writes wants to read it once before it goes


@dataclass(frozen=True, slots=True)
class Spoken:
    """A form on its way: its fields, which of them holds the words, and what was found there."""

    fields: tuple[tuple[str, str], ...]
    box: str
    found: tuple[Found, ...] = ()
    by_rules: bool = False
    only_dutch: bool = False

    @property
    def words(self) -> str:
        """Return what was written."""
        return next((value for name, value in self.fields if name == self.box), "")

    @property
    def others(self) -> list[tuple[str, str]]:
        """Return what stands beside it."""
        return [pair for pair in self.fields if pair[0] != self.box]

    def posted(self, words: str) -> QueryDict:
        """Return the form as it would have come in with these words."""
        made = QueryDict(mutable=True)
        for name, value in self.others:
            made.appendlist(name, value)
        made[self.box] = words
        return made


def by_rules_now() -> bool:
    """Whether only the fixed rules look: the helper is away or not ready."""
    return not client.status(socket_path=settings.LANGUAGE_SOCKET, timeout=STATUS_SECONDS).ready


def looked_at(box: str) -> Callable[[OfOne], OfOne]:
    """Let a view keep what stands in this box only after a person decided about what was found.

    Put below the guard: who may not know the question finds nothing, whatever was written.
    """

    def around(view: OfOne) -> OfOne:
        @wraps(view)
        def inside(request: VisitorRequest, ref: UUID) -> HttpResponseBase:
            if request.method != "POST":
                return view(request, ref)
            kept = _opened(request)
            if kept is None:
                fresh = _looked(request, ref, box)
                return view(request, ref) if fresh is None else _page(request, ref, fresh)
            words, undecided = deciding.decided(kept.words, kept.found, request.POST.dict())
            if undecided:
                return _page(request, ref, kept, undecided)
            request.POST = kept.posted(words)  # type: ignore[assignment] # as it came in
            return view(request, ref)

        return inside

    return around


def _looked(request: VisitorRequest, ref: UUID, box: str) -> Spoken | None:
    """Return the form with what a person has to look at, or asked to; None: nothing, or refused."""
    words = as_read(request.POST.get(box, "")).strip()
    if not words or len(words) > LONGEST:
        return None
    looked = identity.check(words, place_told=queries.tells_where_of(ref))
    is_sure = not looked.by_rules_only or request.POST.get("told")
    if not looked.found and is_sure and not request.POST.get(LOOK_FIRST):
        return None
    fields = {name: value for name, value in form_of(request).fields if name != box}
    told = ((box, words), *fields.items())
    return Spoken(told, box, tuple(looked.found), looked.by_rules_only, looked.only_dutch)


def _page(
    request: VisitorRequest, ref: UUID, spoken: Spoken, undecided: list[int] | None = None
) -> HttpResponse:
    """Show the words with what was found. Raises NotFound for who has no hand in the question."""
    queries.require_known(request.actor, ref, at=request.now)
    frame = family_frame() if request.actor.is_visitor else {"frame": "base.html"}
    page: dict[str, Any] = frame | {
        "draft": _sealed(spoken, request),
        "spoken": spoken,
        "pieces": deciding.pieces(spoken.words, spoken.found),
        "decisions": deciding.decisions(spoken.words, spoken.found, undecided or []),
        "undecided": bool(undecided),
        "danger": request.actor.is_visitor and identity.danger(spoken.words),
        "keeps_language": True,
    }
    return private(
        render(request, "consult/said_check.html", page, status=MEND if undecided else 200)
    )


def _sealed(spoken: Spoken, request: VisitorRequest) -> str:
    words = json.dumps(asdict(spoken), ensure_ascii=False)
    form = Unsent(request.path, [(FOUND, words)])
    return seal_form(form, owner=draft.owner(request), now=request.now)


def _opened(request: VisitorRequest) -> Spoken | None:
    """Return the form that came back sealed; None when there is none. Raises WordsDoNotOpen."""
    token = request.POST.get(draft.FIELD, "")
    if not token:
        return None
    try:
        form = open_form(token, owner=draft.owner(request), now=request.now)
    except (TextIsForSomebodyElse, TextIsTooOld):
        raise WordsDoNotOpen from None
    if form.address != request.path:
        raise WordsDoNotOpen
    told = json.loads(form.fields[0][1])
    found = tuple(Found(**one) for one in told["found"])
    fields = tuple((name, value) for name, value in told["fields"])
    return Spoken(fields, told["box"], found, told["by_rules"], told["only_dutch"])
