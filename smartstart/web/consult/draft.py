"""A question before it is sent: it travels sealed in the form (decision 0008) and is kept nowhere.

The seal is bound to the browser that typed it (the secret of its forms) and to two hours. The code
and the reference are made with the draft, so that a form that is sent twice asks once and shows the
same code.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Self
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.http import HttpRequest
from django.middleware.csrf import get_token

from smartstart.consult.errors import DraftDoesNotOpen
from smartstart.consult.identity import Checked, Found
from smartstart.consult.operations_asking import new_code
from smartstart.people.errors import TextIsForSomebodyElse, TextIsTooOld
from smartstart.web.consult import deciding
from smartstart.web.people.unsent import Unsent, open_form, seal_form
from smartstart.web.visit import VisitorRequest

FIELD: Final = "draft"
ADDRESS: Final = "a question"


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wrote and what was found in it; ``by_rules``: by the fixed rules alone."""

    words: str
    place: int | None
    kind: str
    ref: str
    code: str
    found: tuple[Found, ...] = ()
    by_rules: bool = False
    only_dutch: bool = False

    @classmethod
    def new(cls, words: str, *, place: int | None, kind: str) -> Self:
        """Return a fresh draft with its reference and its code."""
        return cls(words.strip(), place, kind, uuid4().hex, new_code())

    def with_findings(self, looked: Checked) -> Draft:
        """Return it with what was found in its words, and how far that can be trusted."""
        found, by_rules = tuple(looked.found), looked.by_rules_only
        return replace(self, found=found, by_rules=by_rules, only_dutch=looked.only_dutch)

    def decided(self, choices: Mapping[str, str]) -> tuple[Draft, list[int]]:
        """Return the draft as a person decided, and the numbers of what was not decided yet."""
        words, open_still = deciding.decided(self.words, self.found, choices)
        return replace(self, words=words, found=()), open_still


def seal(draft: Draft, request: HttpRequest) -> str:
    """Return the draft as a token that only this browser sends back, for two hours."""
    words = json.dumps(asdict(draft), ensure_ascii=False)
    visit: Any = request
    return seal_form(Unsent(ADDRESS, [(FIELD, words)]), owner=owner(request), now=visit.now)


def opened(request: VisitorRequest) -> Draft | None:
    """Return the draft that came in; None when there is none.

    Its words are there for the page of a refusal. Raises DraftDoesNotOpen.
    """
    token = request.POST.get(FIELD, "")
    if not token:
        return None
    try:
        form = open_form(token, owner=owner(request), now=request.now)
    except (TextIsForSomebodyElse, TextIsTooOld):
        raise DraftDoesNotOpen from None
    told = json.loads(form.fields[0][1])
    told["found"] = tuple(Found(**one) for one in told["found"])
    draft = Draft(**told)
    told_to: Any = request
    told_to.sealed_words = [("words", draft.words)]
    return draft


def owner(request: HttpRequest) -> UUID:
    """Return whose draft it is: of the browser that typed it, by the secret of its forms."""
    get_token(request)
    return uuid5(NAMESPACE_URL, request.META["CSRF_COOKIE"])
