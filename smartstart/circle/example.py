"""An invented family: Anouk with Noor and Sem, who is around them, and Noor's other home.

Everything goes through the operations that people use, at moments in the weeks before. All people,
numbers and words are invented; every page of an example says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from smartstart.access.actor import Actor
from smartstart.access.operations import house_folder
from smartstart.access.reading import Reading
from smartstart.base.clock import HERE, day_of
from smartstart.circle import (
    operations_opening,
    operations_questions,
    operations_seats,
    operations_sharing,
    operations_words,
)
from smartstart.circle.called import BY_FUNCTION
from smartstart.circle.home import me
from smartstart.circle.models import Circle, Entry, Member, Part, Seat, Strain
from smartstart.circle.operations_seats import Place, number_and_code
from smartstart.circle.regimes import Regime
from smartstart.circle.rules import NO_END, birthday
from smartstart.circle.states import AuthorityKind, EntryKind, QuestionKind, SeatKind, Side
from smartstart.holding.working_time import after_working_days, is_working_day
from smartstart.people.example import (
    DEBT_HELP,
    DOCTOR,
    FOOD,
    HOUSING,
    POLICE,
    SAFE_HOME,
    SCHOOL,
    TEAM,
    YOUTH_HEALTH,
)
from smartstart.people.models import Account, Hat, Organisation, Position
from smartstart.people.queries import actor_of

DEVELOPMENT, PARENTS, AROUND = Side.DEVELOPMENT, Side.PARENTS, Side.SURROUNDINGS
BASES: Final = {
    SCHOOL: (Regime.OTHER, "WPO artikel 41"),
    TEAM: (Regime.YOUTH_CARE, "Jeugdwet artikel 7.3.11"),
    YOUTH_HEALTH: (Regime.HEALTH, "BW 7:457"),
    DEBT_HELP: (Regime.OTHER, "Wgs artikel 8"),
    POLICE: (Regime.OTHER, "Wpg artikel 20"),
    DOCTOR: (Regime.HEALTH, "BW 7:457"),
    SAFE_HOME: (Regime.OTHER, "Wmo 2015 artikel 4.1.1"),
    HOUSING: (Regime.OTHER, "AVG artikel 6"),
    FOOD: (Regime.OTHER, "AVG artikel 6"),
}
CLOSE_BY: Final = (
    ("Oma Ria", "ria", "woensdag ophalen, tot de zomer"),
    ("Buurvrouw Joke", "joke", "past op als het nodig is"),
    ("Trainer Mo", "mo", "zaterdag voetbal"),
)
# Part, side, organisation, name, field, phone, what is done now: those without an account.
NAMED: Final = (
    ("noor", DEVELOPMENT, "Taalhulp", "Lotte", "education", "013 000 0112", "elke dinsdag oefenen"),
    ("noor", DEVELOPMENT, "Opvang", "Kim", "welfare", "", ""),
    ("anouk", PARENTS, "Hulp thuis", "Mila", "welfare", "06 0000 0118", "helpt op maandag"),
    ("anouk", PARENTS, "Praten met iemand", "Bilal", "health", "", ""),
    ("home", AROUND, "Ziekenhuis", "kinderarts", "health", "", ""),
)
SEATED: Final = (
    ("noor", DEVELOPMENT, "School", "joost", SeatKind.QUESTION_ONLY, "kijkt mee in de klas"),
    ("noor", DEVELOPMENT, "Team op Maat", "fatima", SeatKind.TOPIC_READER, "slapen, tot donderdag"),
    ("noor", DEVELOPMENT, "Schoolarts", "daan-jgz", SeatKind.QUESTION_ONLY, ""),
    ("anouk", PARENTS, "Hulp bij geld", "samira", SeatKind.QUESTION_ONLY, "brief van de huur"),
    ("anouk", PARENTS, "Wijkteam", "marit", SeatKind.COORDINATOR, "vraagt vervoer aan"),
    ("home", AROUND, "Wijkagent jeugd", "peer", SeatKind.QUESTION_ONLY, ""),
    ("anouk", PARENTS, "Huisarts", "willems", SeatKind.QUESTION_ONLY, ""),
    ("home", AROUND, "Woonbedrijf", "bea", SeatKind.QUESTION_ONLY, ""),
    ("home", AROUND, "Voedselbank", "gerrie", SeatKind.QUESTION_ONLY, ""),
    ("home", AROUND, "Veilig Thuis", "tess", SeatKind.QUESTION_ONLY, ""),
)


@dataclass
class Story:
    """The family while it is being told: when, who, and which part is called what."""

    at: datetime
    circle: Circle
    parts: dict[str, Part] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)
    talk: Entry | None = None

    def ago(self, days: int) -> datetime:
        """Return ten in the morning, so many working days before."""
        moment = self.at.astimezone(HERE).replace(hour=10, minute=0, second=0, microsecond=0)
        while days:
            moment -= timedelta(days=1)
            days -= is_working_day(day_of(moment))
        return moment


def load(*, at: datetime) -> None:
    """Load the family and both homes; a second time changes nothing. The people must be there."""
    if Circle.objects.exists() or not Account.objects.filter(username="anouk").exists():
        return
    story = _opened(at)
    _seats(story)
    _words(story)
    _questions(story)
    _other_home(story)
    _looked(story)


def actor(username: str, *, at: datetime) -> Actor:
    """Return an invented person under their first hat that is not for a pilot or a story."""
    hats = Hat.objects.filter(account__username=username, account__is_example=True, within=None)
    hat = hats.select_related("account", "organisation__folder", "position").order_by("id")[0]
    return actor_of(hat.account, hat, assurance=2, house_folder=house_folder(at=at).pk)


def function(username: str) -> UUID:
    """Return the function of an invented person."""
    return Position.objects.get(occupant__username=username).ref


def _opened(at: datetime) -> Story:
    """Say on what everybody takes part; open Anouk's home with Noor and Sem."""
    began = at - timedelta(days=40)
    for name, (regime, article) in BASES.items():
        operations_sharing.set_basis(
            actor("willem", at=at),
            Organisation.objects.get(name=name).ref,
            regime=regime,
            article=article,
            agreement="Afspraak Team op Maat (voorbeeld)",
            at=began,
        )
    anouk = actor("anouk", at=at)
    circle = operations_opening.open_circle(
        anouk, called="Ons huis", own_name="Anouk", coordinator=function("marit"), at=began
    ).circle
    story = Story(at, circle)
    story.parts["home"] = Part.objects.get(circle=circle, member=None)
    story.parts["anouk"] = Part.objects.get(circle=circle, member__person=me(anouk))
    for name, age in (("noor", 9), ("sem", 5)):
        member = operations_opening.add_child(
            anouk, circle.ref, called=name.title(), born=_born(age, at), at=began
        )
        story.parts[name] = Part.objects.get(circle=circle, member=member)
        if name == "noor":
            _own_place(anouk, circle, member, at=began)
    return story


def _born(age: int, at: datetime) -> date:
    """Return a birth date that makes somebody so old for some time yet."""
    return birthday(day_of(at) - timedelta(days=120), -age)


def _own_place(anouk: Actor, circle: Circle, member: Member, *, at: datetime) -> None:
    seat = operations_opening.offer_own_seat(anouk, circle.ref, member.ref, at=at)
    _taken(anouk, seat, "noor", at=at)


def _taken(by: Actor, seat: Seat, username: str, *, at: datetime) -> None:
    """Give somebody the code of a seat, and let them take it."""
    _code, typed = operations_seats.make_seat_code(by, seat.ref, at=at)
    operations_seats.take_seat(actor(username, at=at), *number_and_code(typed), at=at)


def _seats(story: Story) -> None:
    """Let everybody in: three close by, ten with an account, five by name."""
    anouk, at = actor("anouk", at=story.at), story.ago(20)
    for called, face, doing in CLOSE_BY:
        place = Place(called=called, doing=doing, face=face)
        last = day_of(story.at) + timedelta(days=210)
        seat = operations_seats.offer_seat(
            anouk,
            story.parts["home"].ref,
            kind=SeatKind.INFORMAL,
            place=place,
            at=at,
            last_day=last,
        )
        if face == "ria":
            _taken(anouk, seat, "ria", at=at)
    for part, side, works_at, called, domain, phone, doing in NAMED:
        place = Place(called, works_at, "", phone, doing, side.value, domain)
        story.seats[works_at] = operations_seats.offer_seat(
            anouk, story.parts[part].ref, kind=SeatKind.QUESTION_ONLY, place=place, at=at
        )
    for part, side, works_at, username, kind, doing in SEATED:
        _seated(story, anouk, part, side, works_at, username, kind, doing)
    strained = Strain(
        folder=story.parts["anouk"].folder,
        seat=story.seats["bea"],
        by=me(anouk),
        drawn_at=at,
    )
    strained.save()


def _seated(
    story: Story,
    anouk: Actor,
    part: str,
    side: Side,
    works_at: str,
    username: str,
    kind: SeatKind,
    doing: str,
) -> None:
    position = Position.objects.select_related("occupant", "organisation").get(
        occupant__username=username
    )
    assert position.occupant is not None  # noqa: S101 - found by it
    place = Place(
        called=position.occupant.shown_as,
        works_at=works_at,
        work=position.called,
        phone=position.phone,
        doing=doing,
        side=side.value,
        domain=position.organisation.domain,
        face=position.occupant.face,
        organisation=position.organisation.ref,
        shown_by_function=position.organisation.domain in BY_FUNCTION,
    )
    story.seats[username] = operations_seats.offer_seat(
        anouk,
        story.parts[part].ref,
        kind=kind,
        place=place,
        at=story.ago(20),
        who=position.ref,
        last_day=NO_END,
    )


def _words(story: Story) -> None:
    """Let Fatima read along about Noor; write twice, with an own side; agree on one thing."""
    at, anouk = story.at, actor("anouk", at=story.at)
    noor, fatima = story.parts["noor"].ref, function("fatima")
    operations_sharing.ask_ground(
        anouk, noor, receiver=fatima, purpose="meedenken over slapen", at=story.ago(15)
    )
    operations_words.write_entry(
        anouk,
        noor,
        title="Ons verhaal over slapen",
        words="Sinds de zomer ligt Noor lang wakker. Ik ben bang dat ze school niet haalt.",
        kind=EntryKind.STORY,
        at=story.ago(5),
    )
    talk = operations_words.write_entry(
        actor("fatima", at=at),
        noor,
        title="Verslag van ons gesprek",
        words="We spraken over slapen. Noor valt laat in slaap en is moe in de klas.",
        kind=EntryKind.MINUTES,
        topic=DEVELOPMENT.value,
        at=story.ago(3),
    )
    operations_words.add_own_side(
        anouk, talk.ref, words="Thuis is ze juist heel druk als ze moe is.", at=story.ago(2)
    )
    story.talk = talk
    goal = operations_words.make_agreement(
        anouk,
        noor,
        goal="Noor slaapt om negen uur.",
        review_on=day_of(at) + timedelta(days=28),
        topic=DEVELOPMENT.value,
        at=story.ago(3),
    )
    for who, words, days in (
        (me(anouk), "Om acht uur gaat de tablet uit.", 5),
        (fatima, "Praten over slapen, op school om half drie.", 3),
    ):
        operations_words.add_action(
            anouk,
            goal.ref,
            responsible=who,
            words=words,
            due_on=day_of(after_working_days(at, days)),
            at=story.ago(3),
        )


def _other_home(story: Story) -> None:
    """Open the home of Noor's father: his own people, and nothing of Anouk's."""
    began, at = story.ago(12), story.at
    noor = story.parts["noor"].member
    assert noor is not None  # noqa: S101 - a child's part
    typed = operations_opening.open_other_home(
        actor("anouk", at=at),
        story.circle.ref,
        children=[noor.ref],
        called="Papa's huis",
        own_name="Dennis",
        theirs=AuthorityKind.PARENT,
        at=began,
    )
    dennis = actor("dennis", at=at)
    operations_seats.take_seat(dennis, *number_and_code(typed), at=began)
    home = Circle.objects.visible_to(dennis, on=day_of(at)).get()
    parts = Part.objects.filter(circle=home)
    household = parts.get(member=None).ref
    child, own = parts.get(member=noor).ref, parts.get(member__person=me(dennis)).ref
    operations_seats.offer_seat(
        dennis,
        household,
        kind=SeatKind.INFORMAL,
        place=Place("Opa Willem", doing="zondag vissen", face="willem"),
        at=began,
    )
    for part, works_at, called, domain in (
        (child, "Taalhulp", "Lotte", "education"),
        (own, "Huisarts", "dr. Bos", "health"),
        (household, "Judoclub", "balie", "welfare"),
    ):
        place = Place(called, works_at, domain=domain)
        operations_seats.offer_seat(
            dennis, part, kind=SeatKind.QUESTION_ONLY, place=place, at=began
        )


def _looked(story: Story) -> None:
    """Let who reads along look this week, as a page would let her: the line is written."""
    reading = Reading(actor("fatima", at=story.at), at=story.at - timedelta(minutes=20))
    seen = Entry.objects.visible_to(reading.actor, on=day_of(story.at))
    for entry in seen.select_related("folder"):
        reading.text(entry, "words")
    reading.settle()


def _questions(story: Story) -> None:
    """Ask: one that waits, one that was promised, one answered, one for Anouk, one for her yes."""
    at, anouk = story.at, actor("anouk", at=story.at)
    noor, own = story.parts["noor"].ref, story.parts["anouk"].ref
    fatima = function("fatima")
    ask = operations_questions.ask_question
    ask(
        anouk,
        noor,
        to=fatima,
        title="Noor slaapt slecht",
        words="Noor ligt tot tien uur wakker. Wat kan ik proberen?",
        topic=DEVELOPMENT.value,
        at=story.ago(2),
        with_cover=True,
    )
    letter = ask(
        anouk,
        own,
        to=function("samira"),
        title="Brief van de huur",
        words="Ik snap deze brief niet. Moet ik nu betalen?",
        at=story.ago(1),
    )
    operations_questions.promise_today(actor("samira", at=at), letter.ref, at=at)
    early = ask(
        anouk,
        noor,
        to=function("joost"),
        title="Mag Noor woensdag eerder weg?",
        words="Oma haalt haar om twee uur op.",
        at=story.ago(3),
    )
    operations_questions.answer(
        actor("joost", at=at),
        early.ref,
        words="Ja, dat is goed. Ik geef het door.",
        at=story.ago(2),
    )
    ask(
        anouk,
        noor,
        to=fatima,
        kind=QuestionKind.MISSING,
        title="Iemand die Noor helpt met rekenen",
        words="Noor loopt vast met sommen. Wie kan helpen?",
        at=story.ago(2),
    )
    _asked_once(story)
    _asked_by_fatima(story)


def _asked_once(story: Story) -> None:
    """Ask the general practice and the food bank one question each: they read nothing else."""
    anouk, ask = actor("anouk", at=story.at), operations_questions.ask_question
    ask(
        anouk,
        story.parts["anouk"].ref,
        to=function("willems"),
        title="Moe door mijn medicijn?",
        words="Ik slik sinds juni een nieuw medicijn. Kan ik daar zo moe van zijn?",
        at=story.ago(1),
    )
    ask(
        anouk,
        story.parts["home"].ref,
        to=function("gerrie"),
        title="Pakket op een andere dag?",
        words="Vrijdag werk ik. Kan ik ons pakket op zaterdag halen?",
        at=story.ago(1),
    )


def _asked_by_fatima(story: Story) -> None:
    """Ask as Fatima: Daan, who may read it when Anouk says so, and Anouk herself."""
    at, noor, ask = story.at, story.parts["noor"].ref, operations_questions.ask_question
    assert story.talk is not None  # noqa: S101 - written before
    ask(
        actor("fatima", at=at),
        noor,
        to=function("daan-jgz"),
        title="Wat kan helpen als Noor niet slaapt?",
        words="Noor valt laat in slaap. Ze is moe in de klas. Mama maakt zich zorgen.",
        topic=DEVELOPMENT.value,
        at=story.ago(1),
    )
    ask(
        actor("fatima", at=at),
        noor,
        to=me(actor("anouk", at=at)),
        title="Klopt dit verslag?",
        words="Ik schreef op wat we afspraken. Lees je het even na?",
        topic=DEVELOPMENT.value,
        about=story.talk,
        at=story.ago(1),
    )
