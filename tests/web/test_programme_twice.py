"""Forms of the programme, sent twice: one thing, and the same page after it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.test import Client

from smartstart.base import clock
from smartstart.programme.models import EthicsNote, Proposal
from smartstart.web.programme import brake
from tests.cast import Cast

Enter = Callable[..., Client]
SEEN = {"sees": "Drie keer dezelfde vraag.", "place": "De Regenboog", "name": "Kim", "reach": "06"}


def drawn(answer: Any) -> dict[str, str]:
    """Return the hidden reference of the form on a page."""
    found = re.search(r'name="ref" value="([0-9a-f-]{36})"', answer.content.decode())
    assert found is not None
    return {"ref": found[1]}


def test_a_form_sent_twice_makes_one_thing_and_other_words_another(
    cast: Cast, enter: Enter
) -> None:
    nadia, page = enter("nadia"), f"/desk/{cast.pilot_a.slug}/doubts/"
    told = {"doubt": "Mag dit?", "choice": "Ja."} | drawn(nadia.get(page))
    first, again = nadia.post(page, told), nadia.post(page, told)
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
    assert EthicsNote.objects.count() == 1
    assert nadia.post(page, {**told, "choice": "Nee."}).status_code == 302
    assert EthicsNote.objects.count() == 2


def test_a_proposal_sent_twice_leads_to_the_same_page(cast: Cast) -> None:
    cache.clear()
    page, visitor = "/pilots/propose/", Client()
    with clock.fixed(cast.now):
        told = {**SEEN, **drawn(visitor.get(page)), "given": brake.sealed_time(cast.now)}
    with clock.fixed(cast.now + timedelta(minutes=1)):
        first, again = visitor.post(page, told), visitor.post(page, told)
    assert first.status_code == 302
    assert first["Location"] == again["Location"]
    assert Proposal.objects.count() == 1
