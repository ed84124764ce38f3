"""``smartstart people ...``: the first administrator of a fresh house, and other deeds there."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from smartstart.access.models import Folder, FolderKind, Line
from smartstart.base import clock
from smartstart.people import keys, queries
from smartstart.people.models import Account, Hat, Organisation
from tests.cast import Cast
from tests.web.people_cases import phone

pytestmark = pytest.mark.django_db


def say(*words: str) -> str:
    out = StringIO()
    call_command("people", *words, stdout=out)
    return out.getvalue()


def card_in(said: str) -> str:
    return next(line.split()[-1] for line in said.splitlines() if line.startswith("Code:"))


def test_a_fresh_house_gets_its_first_administrator_with_a_card() -> None:
    said = say("admin", "Karin", "--organisation", "Gemeente Tilburg", "--shown-as", "Karin")
    account, _kind = keys.account_with_code("karin", card_in(said), at=clock.now())
    hat = Hat.objects.get(account=account)
    assert hat.organisation is not None
    assert (hat.role, hat.organisation.name) == ("administrator", "Gemeente Tilburg")
    folders = Folder.objects.filter(kind__in=[FolderKind.HOUSE, FolderKind.ORGANISATION])
    written = [
        json.loads(bytes(line.body))["deed"] for line in Line.objects.filter(folder__in=folders)
    ]
    assert written == ["hat_given", "hat_given"]


def test_an_account_that_is_there_keeps_its_keys(cast: Cast) -> None:
    said = say("admin", "nadia", "--organisation", "Gemeente Tilburg")
    assert "Code" not in said
    assert cast.account("nadia").check_password("een lang geheim")
    assert Organisation.objects.filter(name="Gemeente Tilburg").count() == 1
    with pytest.raises(CommandError):
        say("admin", "nadia", "--organisation", "Gemeente Tilburg")


def test_a_role_of_the_region_is_given_at_the_server_only(cast: Cast) -> None:
    school = "Basisschool De Regenboog"
    say("give", "joke", "operator", "--organisation", school, "--called", "beheer")
    roles = {hat.role for hat in queries.hats_of(cast.account("joke"), on=clock.today())}
    assert roles == {"operator", "researcher"}
    for wrong in (("give", "nobody"), ("give", "bram")):
        with pytest.raises(CommandError):
            say(*wrong, "operator", "--organisation", "Nergens", "--called", "x")


def test_a_lost_person_ends_everywhere(cast: Cast) -> None:
    assert "1 rol is gestopt." in say("end", "bram")
    assert not Account.objects.get(username="bram").is_active
    assert "bram" not in say("list")
    Hat.objects.filter(role="project_leader").update(place="Pilot A")
    Hat.objects.filter(role="parent").update(place="van Noor en Sem")
    listed = say("list")
    assert "nadia\tproject_leader\tPilot A" in listed
    assert "parent\t" in listed
    assert "Noor" not in listed, "whose parent somebody is, who runs the server does not read"


def test_a_card_from_the_server_leaves_the_second_keys_where_they_are(cast: Cast) -> None:
    """Found by a reader: one wrong name took a researcher's phone app away, without a word."""
    phone(cast.account("bram"))
    before = queries.second_keys_of(cast.account("bram"))

    said = say("card", "bram")

    account, _kind = keys.account_with_code("bram", card_in(said), at=clock.now())
    assert not account.has_usable_password()
    assert queries.second_keys_of(account) == before
    assert "De tweede sleutels blijven." in said
    assert "--keys-are-lost" in said
    assert Hat.objects.get(account=account).sleeps


def test_second_keys_that_are_lost_end_when_that_is_said(cast: Cast) -> None:
    phone(cast.account("bram"))

    said = say("card", "bram", "--keys-are-lost")

    account, _kind = keys.account_with_code("bram", card_in(said), at=clock.now())
    assert queries.second_keys_of(account) == []
    assert "De tweede sleutels zijn gestopt." in said
    assert "gestopt" not in say("card", "bram", "--keys-are-lost"), "there were none to end"
    assert Hat.objects.get(account=account).sleeps
    folder = Folder.objects.get(kind=FolderKind.HOUSE)
    line = Line.objects.filter(folder=folder).order_by("-number").first()
    assert line is not None
    told = json.loads(bytes(line.body))
    assert (told["deed"], told["purpose"]) == ("restored", "keys ended")


def test_a_closed_account_gets_no_role_and_no_code_that_open_nothing(cast: Cast) -> None:
    """Found by walking it: the code was printed, and the role slept for ever."""
    school = "Basisschool De Regenboog"
    say("end", "bram")
    for ways in (
        ("give", "bram", "operator", "--organisation", school, "--called", "beheer"),
        ("admin", "bram", "--organisation", school),
        ("card", "bram"),
    ):
        with pytest.raises(CommandError, match="Dit account is gesloten"):
            say(*ways)
    assert not Hat.objects.held_on(clock.today()).filter(account=cast.account("bram")).exists()
    assert say("end", "bram")
