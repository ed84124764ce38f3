"""The door: an answer leaves only after the line that says who read what is written.

The view reads and renders; then one short transaction checks that the rules it was read under
still stand and appends the lines; then the answer leaves. Rules changed: the answer is thrown
away and made again. No line, no answer. It also turns every refusal into a page, writes denied
tries, answers a prefetch with nothing, and says how long an answer may be kept.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from django.db import Error as StoreError
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from smartstart.access.errors import SecondFactorNeeded
from smartstart.access.operations import note_denied
from smartstart.access.reading import in_transaction
from smartstart.base import clock
from smartstart.base.refusals import (
    NotAllowed,
    NotFound,
    OnlyByForm,
    Refusal,
    RulesChanged,
    TryLater,
)
from smartstart.web.refusal_page import refusal_page, second_factor_page, store_is_gone_page
from smartstart.web.visit import VisitorRequest, arrive

MOST_TRIES: Final = 3
SAFE: Final = frozenset({"GET", "HEAD"})

log = logging.getLogger("smartstart.door")


class Door:
    """Everything a view returns passes here first, when it was asked why (``VisitReason``)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; when the store fails at any moment, what was read does not leave."""
        if _is_prefetch(request):
            return HttpResponse(status=204, headers={"Cache-Control": "no-store, private"})
        try:
            return self._answer(request)
        except (StoreError, TryLater) as error:
            return _store_is_gone(request, error)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal into a page; the door tries again when rules changed."""
        if isinstance(exception, StoreError):
            _forget(request)
            return _store_is_gone(request, exception)
        if not isinstance(exception, Refusal):
            return None
        _forget(request)
        if isinstance(exception, RulesChanged) and request.method in SAFE:
            request.rules_changed = True  # type: ignore[attr-defined]
            return HttpResponse(status=exception.status)
        return _refused(request, exception)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as often as the rules change underneath, three times at most."""
        for _ in range(MOST_TRIES):
            visit = arrive(request, now=clock.now(), today=clock.today())
            response = self._settle(visit, _said_in_words(visit, self._get_response(visit)))
            if response is not None:
                return _kept_by_nobody(visit, response)
        return refusal_page(request, RulesChanged())

    def _settle(self, visit: VisitorRequest, response: HttpResponseBase) -> HttpResponseBase | None:
        """Write the lines; None when the answer must be made again."""
        if vars(visit).pop("rules_changed", False):
            return None
        if visit.reading.is_empty or _says_nothing(response):
            visit.reading.close()
            return response
        if response.streaming or in_transaction():
            raise RuntimeError("an answer is whole, and made outside a transaction")
        try:
            visit.reading.settle()
        except RulesChanged:
            if visit.method in SAFE or response.status_code == 422:
                return None
            return refusal_page(visit, RulesChanged())
        return response


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if isinstance(refusal, NotFound | NotAllowed):
        _note_denied(request)
    if isinstance(refusal, SecondFactorNeeded):
        return second_factor_page(request)
    return refusal_page(request, refusal)


def _store_is_gone(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer without the store. The log gets the kind of error only: its text may hold a row."""
    log.error("the store did not answer: %s", type(error).__name__)
    return store_is_gone_page(request)


def _forget(request: HttpRequest) -> None:
    """What was read until a refusal does not leave, so it leaves no line."""
    reading = getattr(request, "reading", None)
    if reading is not None:
        reading.close()


def _said_in_words(visit: VisitorRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Django answers the wrong method with an empty page; somebody who reloads gets words."""
    if response.status_code != OnlyByForm.status:
        return response
    page = refusal_page(visit, OnlyByForm())
    page["Allow"] = response.get("Allow", "")
    return page


def _says_nothing(response: HttpResponseBase) -> bool:
    """Whether this is a way to another address and no more."""
    return 300 <= response.status_code < 400 and not getattr(response, "content", b"content")


def _is_prefetch(request: HttpRequest) -> bool:
    purposes = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    return any("prefetch" in purpose or "preview" in purpose for purpose in purposes)


def _note_denied(request: HttpRequest) -> None:
    actor = getattr(request, "actor", None)
    if actor is None or actor.is_visitor:
        return
    match = request.resolver_match
    where = match.view_name if match else "nowhere"
    note_denied(actor, where=where, tried=request.path, at=clock.now())


def _kept_by_nobody(visit: VisitorRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Signed-in answers are kept by no cache; public ones are asked again each time."""
    is_signed_in = visit.account is not None or visit.locked_account is not None
    if is_signed_in or not visit.actor.is_visitor or not visit.reading.is_empty:
        response["Cache-Control"] = "no-store, private"
    elif not response.has_header("Cache-Control"):
        response["Cache-Control"] = "no-cache"
    return response
