"""A public page that names somebody changes when their role ends, on the next request."""

from __future__ import annotations

import pytest
from django.test import Client

from smartstart.people import operations, running
from smartstart.voices import operations_story
from tests.cast import Cast
from tests.web.test_thread import words_of
from tests.web.test_thread_public import Play

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_now")]
LEADS = "Wie pakt dit op: Nadia"


@pytest.mark.parametrize("page", ["pilot_page", "solution_page"])
@pytest.mark.parametrize("how", ["at_the_organisation", "at_the_server", "asleep"])
def test_the_name_of_who_left_is_gone_on_the_next_request(cast: Cast, page: str, how: str) -> None:
    play = Play(cast)
    play.publish()
    operations_story.withdraw_story(play.teller, at=cast.now)
    address, when = getattr(play, page), {"at": cast.now, "today": cast.today}
    before = Client().get(address)
    assert LEADS in words_of(before)

    if how == "at_the_organisation":
        operations.end_person(cast.actor("ada"), cast.account("nadia").pk, **when)
    elif how == "at_the_server":
        running.end_everything("nadia", **when)
    else:
        running.new_card("nadia", **when)

    after = Client().get(address, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert LEADS not in words_of(after)
