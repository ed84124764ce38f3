"""Three invented questions and two invented experts, for the example region.

Everything goes through the operations that people use, at moments in the days before. All people,
numbers and words are invented; every page of an example says so.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from smartstart.access.actor import VISITOR, Actor
from smartstart.access.operations import house_folder
from smartstart.access.permissions import Role
from smartstart.base.clock import HERE, day_of
from smartstart.consult import operations_answering as answering
from smartstart.consult import operations_asking as asking
from smartstart.consult import operations_passing as passing
from smartstart.consult.expertise import operations as expertise
from smartstart.consult.expertise.hours import Stretch
from smartstart.consult.library import example as library
from smartstart.consult.models import Exchange
from smartstart.consult.states import AskerKind
from smartstart.holding.working_time import is_working_day
from smartstart.people.example import YOUTH_HEALTH
from smartstart.people.models import Account, Hat, Organisation, Position
from smartstart.people.queries import actor_of
from smartstart.programme.choices import VindplaatsKind
from smartstart.programme.models import Vindplaats

# With this code anybody opens the invented question of an invented mother.
CODE_OF_A_MOTHER: Final = "VRAA2345VRAA2345"
# User name, name, face, function, organisation, phone (nobody's), what they know much about.
EXPERTS: Final = (
    ("bas", "Bas", "omar", "ergotherapeut", YOUTH_HEALTH, "013 000 0132"),
    ("ilse", "Ilse", "lin", "jeugdarts", YOUTH_HEALTH, "013 000 0133"),
)
KNOWS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "bas": ("Prikkels, geluid en bewegen in de klas.", ("bewegen", "druk-of-anders")),
    "ilse": (
        "Slapen en gezondheid van kinderen. Ik denk ook mee bij geweld thuis en de meldcode.",
        ("slapen", "eten-gewicht", "verzuim", "geweld-thuis", "mishandeling"),
    ),
    "fatima": ("Gedrag in de klas, boos en verdrietig zijn.", ("gedrag-klas", "pesten", "leren")),
    "daan-jgz": ("Slapen, eten en opgroeien.", ("slapen", "baby", "bang-somber")),
    "samira": ("Brieven, schulden en rondkomen.", ("schulden", "formulieren", "meedoen-geld")),
}
# Who is in at the school, for its parents: Monday is 0.
DOORS: Final = {"daan-jgz": "Kamer 2, bij de gymzaal", "fatima": "Kamer 5, boven"}
AT_SCHOOL: Final[dict[str, tuple[int, ...]]] = {
    "daan-jgz": (0, 1, 2, 3),
    "fatima": (0, 1, 3, 4),
}
TO_CLASS: Final = (
    "Een jongen in mijn klas kruipt onder de tafel bij harde geluiden."
    " Wat kan ik doen, en wie kijkt mee?"
)
FROM_CLASS: Final = (
    "Gebeld. Zet hem met zijn rug naar de muur en geef een vaste rustige plek."
    " Ik kom dinsdag een uur meekijken."
)
TO_NIGHT: Final = (
    "Mijn dochter van negen slaapt pas om elf uur. Overdag is ze moe en boos."
    " Wat kan ik zelf proberen?"
)
TO_DEBT: Final = (
    "Er komen thuis steeds brieven over geld. Mijn moeder maakt ze niet meer open."
    " Ik ben zestien. Mag ik zelf iemand bellen?"
)


def load(*, at: datetime) -> None:
    """Load the experts and three questions; a second time changes nothing."""
    if Exchange.objects.exists() or not Account.objects.filter(username="joost").exists():
        return
    expertise.load_expertises()
    for person in EXPERTS:
        _expert(*person, at=at)
    for username, (about, keys) in KNOWS.items():
        _profile(username, about, keys, at=at)
    asking.name_team(_function("marit"), place=None)
    _class(_ago(at, 3))
    _night(_ago(at, 0))
    _debt(_ago(at, 1))


def _expert(
    username: str, name: str, face: str, called: str, place: str, phone: str, *, at: datetime
) -> None:
    account: Account = Account.objects.create_user(
        username, shown_as=name, face=face, is_example=True
    )
    organisation = Organisation.objects.get(name=place)
    position = Position.objects.create(
        organisation=organisation, called=called, phone=phone, occupant=account
    )
    Hat.objects.create(
        account=account,
        role=Role.PROFESSIONAL.value,
        organisation=organisation,
        position=position,
        called=called,
        place=place,
        from_day=_first_day(at),
    )


def _first_day(at: datetime) -> date:
    return day_of(at - timedelta(days=60))


def _profile(username: str, about: str, keys: tuple[str, ...], *, at: datetime) -> None:
    school = Vindplaats.objects.filter(kind=VindplaatsKind.PRIMARY_SCHOOL).order_by("id").first()
    days = AT_SCHOOL.get(username, ())
    hours = [
        Stretch(day, time(8, 30), time(12), school.pk, DOORS[username])
        for day in days
        if school is not None
    ]
    described = expertise.Described(expertises=keys, about=about, hours=hours)
    actor = _actor(username, at=at)
    expertise.describe_position(actor, _function(username), as_=described, at=at)


def _class(at: datetime) -> None:
    """A teacher asks two; one picks it up within the hour, calls, and answers in a line."""
    to = [_function("bas"), _function("fatima")]
    asked = asking.ask(
        _actor("joost", at=at), words=TO_CLASS, to=to, kind=AskerKind.PROFESSIONAL, at=at
    )
    bas, soon = _actor("bas", at=at), at + timedelta(minutes=38)
    passing.pick_up(bas, asked.ref, at=soon)
    later = at + timedelta(minutes=64)
    answering.answer(bas, asked.ref, words=FROM_CLASS, by_phone=True, at=later)
    library.load(bas, _actor("fatima", at=at), asked.ref, at=later)


def _night(at: datetime) -> None:
    """A mother asks, by code; the nurse picked it up and asks one thing back."""
    asked = asking.ask(
        VISITOR,
        words=TO_NIGHT,
        to=[_function("daan-jgz")],
        kind=AskerKind.PARENT,
        code=CODE_OF_A_MOTHER,
        at=at,
    )
    daan, soon = _actor("daan-jgz", at=at), at + timedelta(minutes=21)
    passing.pick_up(daan, asked.ref, at=soon)
    answering.ask_back(daan, asked.ref, words="Heeft ze in bed nog een scherm?", at=soon)


def _debt(at: datetime) -> None:
    """A young person asks; it waits, and climbs by the clock."""
    asking.ask(
        VISITOR,
        words=TO_DEBT,
        to=[_function("samira")],
        kind=AskerKind.YOUNG_PERSON,
        code=asking.new_code(),
        at=at,
    )


def _ago(at: datetime, days: int) -> datetime:
    """Return nine in the morning, so many working days before; at most the moment itself."""
    moment = at.astimezone(HERE).replace(hour=9, minute=0, second=0, microsecond=0)
    while days or not is_working_day(day_of(moment)) or moment > at:
        moment -= timedelta(days=1)
        days -= bool(days) and is_working_day(day_of(moment))
    return moment


def _function(username: str) -> UUID:
    return Position.objects.filter(occupant__username=username).order_by("id")[0].ref


def _actor(username: str, *, at: datetime) -> Actor:
    hats = Hat.objects.filter(account__username=username, account__is_example=True, within=None)
    hat = hats.select_related("account", "organisation__folder", "position").order_by("id")[0]
    return actor_of(hat.account, hat, assurance=2, house_folder=house_folder(at=at).pk)
