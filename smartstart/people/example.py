"""The example database: its mark, its invented people, and stepping into one of them.

The mark is the first line of the house's own chain: written when the house is empty, never
changed, never written later. So a database that was ever used for real people cannot become an
example, whatever somebody sets in the environment.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import VISITOR
from smartstart.access.ledger import Deed, note
from smartstart.access.models import Folder, FolderKind, Line
from smartstart.access.operations import house_folder, open_folder
from smartstart.access.permissions import Role
from smartstart.base.clock import day_of
from smartstart.base.refusals import NotFound, Refusal
from smartstart.people.models import Account, Domain, Hat, Organisation, Position

MARK: Final = "example database"
HERE_SINCE: Final = timedelta(days=60)  # the invented family was helped before today


class NotAnEmptyHouse(Refusal):
    """The example is loaded into an empty database only."""

    sentence = _("This database is in use. Load the example into an empty one.")


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody who does not exist: user name, name, face, role, organisation, what the hat says.

    ``phone`` is of their function, and nobody's: no number in the country goes on with a 0.
    """

    username: str
    name: str
    face: str
    role: Role
    organisation: str | None
    called: str
    place: str = ""
    phone: str = ""


SCHOOL: Final = "Basisschool De Regenboog"
TEAM: Final = "Wijkteam Noord"
YOUTH_HEALTH: Final = "Jeugdgezondheid De Brug"
DEBT_HELP: Final = "Hulp bij geld De Haven"
POLICE: Final = "Politie wijk Noord"
DOCTOR: Final = "Huisartsen De Linde"
SAFE_HOME: Final = "Veilig Thuis Noord"
HOUSING: Final = "Woonbedrijf Noord"
FOOD: Final = "Voedselbank Noord"
ORGANISATIONS: Final[dict[str, tuple[Domain, str]]] = {
    SCHOOL: (Domain.EDUCATION, "GM0855"),
    "Programmabureau Smart Start": (Domain.MUNICIPALITY, "GM0855"),
    TEAM: (Domain.WELFARE, "GM0855"),
    YOUTH_HEALTH: (Domain.HEALTH, "GM0855"),
    DEBT_HELP: (Domain.INCOME_DEBT, "GM0855"),
    POLICE: (Domain.POLICE_JUSTICE, "GM0855"),
    DOCTOR: (Domain.HEALTH, "GM0855"),
    SAFE_HOME: (Domain.SAFETY, "GM0855"),
    HOUSING: (Domain.MUNICIPALITY, "GM0855"),
    FOOD: (Domain.WELFARE, "GM0855"),
}
_OFFICE: Final = "Programmabureau Smart Start"

# Pilot roles get their hat from the room programme, when the pilot is there.
CAST: Final = (
    Invented("anouk", "Anouk", "anouk", Role.PARENT, None, "moeder", "van Noor en Sem"),
    Invented("dennis", "Dennis", "dennis", Role.PARENT, None, "vader", "van Noor"),
    Invented("noor", "Noor", "noor", Role.YOUNG_PERSON, None, "Noor"),
    Invented("ria", "Ria", "ria", Role.SUPPORTER, None, "oma", "van Noor en Sem"),
    Invented("naima", "Naima", "naima", Role.PARENT, None, "moeder", "van Ilias"),
    Invented("esra", "Esra", "esra", Role.PARENT, None, "moeder", "die vertelde"),
    Invented("hatice", "Hatice", "hatice", Role.PARENT, None, "moeder", "die meedenkt"),
    Invented("mo", "Mo", "mo", Role.PARENT, None, "vader", "die meedacht"),
    Invented("fatima", "Fatima", "fatima", Role.PROFESSIONAL, SCHOOL, "gedragscoach", SCHOOL),
    Invented("joost", "Joost", "joost", Role.PROFESSIONAL, SCHOOL, "leerkracht", SCHOOL),
    Invented("daan-jgz", "Daan", "daan", Role.PROFESSIONAL, YOUTH_HEALTH, "verpleegkundige"),
    Invented("marit", "Marit", "marit", Role.PROFESSIONAL, TEAM, "coördinator", TEAM),
    Invented("samira", "Samira", "samira", Role.PROFESSIONAL, DEBT_HELP, "hulp bij geld"),
    Invented("peer", "Peer", "", Role.PROFESSIONAL, POLICE, "wijkagent jeugd"),
    Invented("willems", "dr. Willems", "", Role.PROFESSIONAL, DOCTOR, "huisarts"),
    Invented("tess", "Tess", "", Role.PROFESSIONAL, SAFE_HOME, "medewerker"),
    Invented("bea", "Bea", "", Role.PROFESSIONAL, HOUSING, "buurtbeheerder"),
    Invented("gerrie", "Gerrie", "", Role.PROFESSIONAL, FOOD, "vrijwilliger"),
    Invented("yara", "Yara", "yara", Role.PROFESSIONAL, _OFFICE, "medewerker", _OFFICE),
    Invented("omar", "Omar", "omar", Role.PROFESSIONAL, _OFFICE, "medewerker", _OFFICE),
    Invented("lin", "Lin", "lin", Role.PROFESSIONAL, _OFFICE, "medewerker", _OFFICE),
    Invented(
        *("karin", "Karin", "karin", Role.PROGRAMME_OFFICE, _OFFICE, "programmabureau"),
        phone="013 000 00 01",
    ),
    Invented("els", "Els", "els", Role.ADMINISTRATOR, SCHOOL, "beheerder", SCHOOL),
    Invented("kees", "Kees", "kees", Role.ADMINISTRATOR, SCHOOL, "beheerder", SCHOOL),
    Invented(
        *("willem", "Willem", "willem", Role.PRIVACY_OFFICER, _OFFICE, "privacyfunctionaris"),
        phone="013 000 00 02",
    ),
)

# Function, who occupies it, who covers, and its phone; the numbers belong to nobody.
FUNCTIONS: Final = (
    (SCHOOL, "gedragscoach", "fatima", "joost", "06 0000 0101"),
    (SCHOOL, "leerkracht groep 5", "joost", "fatima", "013 000 0110"),
    (YOUTH_HEALTH, "verpleegkundige", "daan-jgz", "", "013 000 0131"),
    (TEAM, "coördinator Team op Maat", "marit", "", "013 000 0114"),
    (DEBT_HELP, "hulp bij geld", "samira", "", "06 0000 0102"),
    (POLICE, "wijkagent jeugd", "peer", "", "013 000 0140"),
    (DOCTOR, "huisarts", "willems", "", "013 000 0141"),
    (SAFE_HOME, "medewerker Veilig Thuis", "tess", "", "013 000 0142"),
    (HOUSING, "buurtbeheerder", "bea", "", "013 000 0143"),
    (FOOD, "vrijwilliger", "gerrie", "", ""),
)


def is_marked() -> bool:
    """Whether this database says of itself that everybody in it is invented. One query."""
    first = Line.objects.filter(folder__kind=FolderKind.HOUSE, number=1).values_list("body").first()
    return first is not None and json.loads(bytes(first[0])).get("purpose") == MARK


@transaction.atomic
def mark(*, at: datetime) -> None:
    """Write the mark as the first line of an empty house; a second time changes nothing.

    Raises NotAnEmptyHouse.
    """
    if is_marked():
        return
    if Account.objects.exists() or Folder.objects.filter(height__gt=0).exists():
        raise NotAnEmptyHouse
    house = house_folder(at=at)
    note(VISITOR, Deed.MADE, folders=[house.pk], at=at, on=[house.ref], why=MARK)


@transaction.atomic
def make_cast(*, at: datetime) -> dict[str, Account]:
    """Make the invented people and their organisations, those that are not there yet.

    Returns user name to account. None of them has a password: they are stepped into. Raises
    NotAnEmptyHouse without the mark.
    """
    if not is_marked():
        raise NotAnEmptyHouse
    places = {name: _organisation(name, at=at) for name in ORGANISATIONS}
    made = {person.username: _person(person, places, at=at) for person in CAST}
    for place, called, occupant, cover, phone in FUNCTIONS:
        position, _ = Position.objects.get_or_create(
            organisation=places[place],
            called=called,
            defaults={"occupant": made[occupant], "cover": made.get(cover), "phone": phone},
        )
        hats = Hat.objects.filter(account=made[occupant], organisation=places[place])
        hats.filter(position=None, within=None).update(position=position)
    return made


def give_hat(
    username: str, role: Role, *, within: UUID, called: str, place: str, at: datetime
) -> Hat:
    """Give an invented person a hat for a pilot or an interview; a second time changes nothing."""
    account = Account.objects.get(username=username, is_example=True)
    employer = (
        account.hats.exclude(organisation=None).values_list("organisation", flat=True).first()
    )
    hat, _ = Hat.objects.get_or_create(
        account=account,
        role=role.value,
        within=within,
        defaults={
            "organisation_id": employer,
            "called": called,
            "place": place,
            "from_day": day_of(at),
        },
    )
    return hat


def invented_people() -> list[str]:
    """Return the user names that can be stepped into; none in a database without the mark."""
    if not is_marked():
        return []
    people = Account.objects.filter(is_example=True, is_active=True)
    return list(people.order_by("username").values_list("username", flat=True))


@transaction.atomic
def step_in(username: str, *, at: datetime) -> Hat:
    """Return the hat under which a visitor goes on as this invented person, and write that down.

    A hat for a pilot goes before the others, the first one given before newer ones: the card says
    where this person begins, and "change" is one tap away. Raises NotFound for anybody who is not
    invented, and for everybody in a database without the mark.
    """
    if not is_marked():
        raise NotFound
    worn = Hat.objects.worn_on(day_of(at)).filter(
        account__username=username, account__is_example=True, account__is_active=True
    )
    hats = list(worn.select_related("account", "organisation").order_by("id"))
    if not hats:
        raise NotFound
    hat = next((hat for hat in hats if hat.within), hats[0])
    folder = hat.organisation.folder_id if hat.organisation else house_folder(at=at).pk
    note(VISITOR, Deed.ENTERED, folders=[folder], at=at, on=[hat.ref], why="example")
    return hat


def _organisation(name: str, *, at: datetime) -> Organisation:
    found = Organisation.objects.filter(name=name).first()
    if found is not None:
        return found
    domain, municipality = ORGANISATIONS[name]
    return Organisation.objects.create(
        name=name,
        domain=domain,
        municipality_code=municipality,
        folder=open_folder(FolderKind.ORGANISATION, at=at),
    )


def _person(person: Invented, places: dict[str, Organisation], *, at: datetime) -> Account:
    found = Account.objects.filter(username=person.username).first()
    if found is not None:
        return found
    account: Account = Account.objects.create_user(
        person.username, shown_as=person.name, face=person.face, is_example=True
    )
    organisation = places[person.organisation] if person.organisation else None
    position = None
    if organisation is not None and person.phone:
        position = Position.objects.create(
            organisation=organisation, called=person.called, phone=person.phone, occupant=account
        )
    Hat.objects.create(
        account=account,
        role=person.role.value,
        organisation=organisation,
        position=position,
        called=person.called,
        place=person.place,
        from_day=day_of(at) - HERE_SINCE,
    )
    return account
