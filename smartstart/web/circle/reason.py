"""Why somebody at work looks at a family: seen from where they are, or asked once per visit.

Who opens a question or a meeting has that as the reason: the page itself finds out whether it is
theirs, and whoever goes on from there keeps it as long as it is. Who comes by another way is asked
in one tap. A reason is of one home: it is that of what was read first, and in another home it is
asked anew. It ends after 30 quiet minutes and stands on the screen and in the kijkboek.
Family members look at what is theirs and are asked nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import ResolverMatch
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from smartstart.access.permissions import Role
from smartstart.circle.queries_reason import SAID, Why, homes_of, still_counts
from smartstart.web.visit import VisitorRequest, signed_in

KEY: Final = "reason"
QUIET: Final = timedelta(minutes=30)
SEEN_EVERY: Final = timedelta(minutes=1)
WORDS: Final[dict[Why, str | Promise]] = {
    Why.QUESTION: gettext_lazy("a question"),
    Why.MEETING: gettext_lazy("talking together"),
    Why.TALK: gettext_lazy("I prepare a talk with this family"),
    Why.ASKED: gettext_lazy("This family asked me"),
    Why.COVERS: gettext_lazy("I stand in for a colleague"),
    Why.AGREED: gettext_lazy("I do what we agreed"),
}
# By the first word of the address: one question, one meeting, one's own work and one's own data.
PLACES: Final = {
    "questions": Why.QUESTION,
    "meetings": Why.MEETING,
    "today": Why.WORK,
    "said": Why.WORK,
    "kept": Why.WORK,
    "after": Why.WORK,
    "decisions": Why.WORK,
    "own": Why.OWN,
    "rights": Why.OWN,
    "requests": Why.OWN,
    "seats": Why.OWN,
    "reason": Why.OWN,
}
# Writing where one reads along already: nothing is looked at but about whom it is.
DEEDS: Final = {"meeting_plan": Why.WORK, "kept_write": Why.WORK}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why this visit looks; ``ref`` of a question or meeting."""

    why: Why
    ref: UUID | None = None

    @property
    def words(self) -> str | Promise:
        """The reason as the screen shows it; "" where the page says it itself."""
        return WORDS.get(self.why, "")


class VisitReason:
    """Middleware inside the door: no page about a family to somebody at work without a reason.

    What was made without one does not leave: the question why stands in its place. Who may not
    see it hears that it is not there, as ever.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Let the page be made; ask why instead when it holds something and nobody said why."""
        response, visit = self._get_response(request), cast(VisitorRequest, request)
        needs = vars(visit).pop("needs_reason", False)
        if vars(visit).pop("reason_is_kept", False) and not _is_of_this_home(visit):
            needs = visit.method in {"GET", "HEAD"}
            vars(visit)["visit_reason"] = ""
        if not needs or visit.reading.is_empty:
            return response
        visit.reading.close()
        return render(visit, "circle/reason.html", {"choices": choices()})

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: dict[str, Any]
    ) -> None:
        """Give the reading of somebody at work its reason, or remember that there is none."""
        match = request.resolver_match
        visit: Any = request  # with what the door gave it
        if match is None or match.app_name != "circle" or visit.actor.role is not Role.PROFESSIONAL:
            return
        here = _from_the_place(visit, match)
        reason = here or _kept(visit)
        visit.reason_is_kept = reason is not None and (here is None or _is_for_the_visit(here))
        if reason is not None:
            visit.reading.because(reason.why.value)
            visit.visit_reason = reason.words
        visit.needs_reason = reason is None and request.method in {"GET", "HEAD"}


def choices() -> list[tuple[str, str | Promise]]:
    """Return what can be said in one tap."""
    return [(why.value, WORDS[why]) for why in SAID]


@require_POST
@signed_in
def say_why(request: VisitorRequest) -> HttpResponse:
    """Keep what was tapped, for this visit, and go on to where one wanted to be."""
    told, back = request.POST.get("why", ""), request.POST.get("next", "")
    if told in {why.value for why in SAID}:
        _keep(request, Reason(Why(told)), told=True)
        messages.success(request, _("Kept for this visit. The family sees it."))
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        return redirect("circle:today")
    return redirect(back)


def _from_the_place(request: VisitorRequest, match: ResolverMatch) -> Reason | None:
    """Return the reason that an address has in itself; one thing there is kept for the visit."""
    why = PLACES.get(match.route.split("/")[0]) or DEEDS.get(match.url_name or "")
    if why is None:
        return None
    reason = Reason(why, match.kwargs.get("ref"))
    if _is_for_the_visit(reason):
        _keep(request, reason)
    return reason


def _is_for_the_visit(reason: Reason) -> bool:
    """Whether one goes on with it from there: one question or meeting."""
    return reason.why in {Why.QUESTION, Why.MEETING} and reason.ref is not None


def _kept(request: VisitorRequest) -> Reason | None:
    """Return the reason of this visit while it is not quiet too long and still holds."""
    kept = request.session.get(KEY)
    if not kept or request.now.timestamp() - kept["at"] > QUIET.total_seconds():
        return None
    reason = Reason(Why(kept["why"]), UUID(kept["ref"]) if kept["ref"] else None)
    if not still_counts(request.actor, reason.why, reason.ref, at=request.now):
        return None
    if request.now.timestamp() - kept["at"] > SEEN_EVERY.total_seconds():
        _keep(request, reason)
    return reason


def _is_of_this_home(request: VisitorRequest) -> bool:
    """Whether the reason of this visit counts for what was read now; the first says where."""
    kept, read = request.session.get(KEY), homes_of(request.reading.folders)
    if not kept or not read:
        return True
    if not kept.get("homes"):
        request.session[KEY] = kept | {"homes": sorted(read)}
    return read <= set(kept.get("homes") or read)


def _keep(request: VisitorRequest, reason: Reason, *, told: bool = False) -> None:
    """Remember it with the sign-in; written when it is another one or a minute old.

    ``told``: it was said just now, so it is of where one goes on.
    """
    ref = reason.ref.hex if reason.ref else ""
    kept, now = request.session.get(KEY, {}), request.now.timestamp()
    is_same = not told and (kept.get("why"), kept.get("ref")) == (reason.why.value, ref)
    if not is_same or now - kept["at"] > SEEN_EVERY.total_seconds():
        homes = kept.get("homes", []) if is_same else []
        request.session[KEY] = {"why": reason.why.value, "ref": ref, "at": now, "homes": homes}
