"""Family, circle, member, part, authority and seat."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import Actor
from smartstart.access.fields import Sealed
from smartstart.access.models import Guarded, Holds
from smartstart.base.personal import Personal
from smartstart.circle import gate
from smartstart.circle.models.door import HOME, WHO, WORDS, InFolder
from smartstart.circle.models.mentions import unless_resting
from smartstart.circle.rules import NO_END
from smartstart.circle.states import AuthorityKind, AuthorityState, Paper, SeatKind, Side


class FamilyQuerySet(Guarded["Family"]):
    """What one may ask about families."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Nobody: what joins two homes is shown on no page. Reach a part or a circle instead."""
        return self.none()


class Family(models.Model):
    """What joins the circles of one child's homes, and nothing else (Dutch: gezin)."""

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)

    objects = FamilyQuerySet.as_manager()


class CircleQuerySet(InFolder["Circle"]):
    """What one may ask about circles: read by who reads the household."""

    def standing(self) -> Self:
        """Circles whose keys are not destroyed."""
        return self.filter(folder__erased_at=None)


class Circle(Holds):
    """The people around one family in one home, who agreed to work together (Dutch: kring).

    The folder is the household. ``coordinator`` is the function at the Team op Maat where a
    question goes that nobody answers; ``offered_to`` is who was asked to be that from now on, by
    ``offered_by``, until they say yes or no. ``closed_on`` is the last day it ran; ``erase_on`` the
    day its keys are destroyed, put off while ``held_until`` (legal hold) lies later.
    """

    family = models.ForeignKey(Family, models.PROTECT, related_name="circles")
    called = Sealed(max_characters=80)
    coordinator = models.UUIDField()
    offered_to = models.UUIDField(null=True, blank=True)
    offered_by = models.UUIDField(null=True, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.UUIDField(editable=False)
    opened_at = models.DateTimeField()
    closed_on = models.DateField(null=True, blank=True)
    erase_on = models.DateField(null=True, blank=True)
    held_until = models.DateField(null=True, blank=True)
    held_why = Sealed(max_characters=300)

    objects = CircleQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {
        "called": WHO,
        "held_why": WORDS,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(name="circle_one_circle_per_household", fields=["folder"]),
            models.CheckConstraint(
                name="circle_is_erased_after_it_closed",
                condition=Q(closed_on=None, erase_on=None) | Q(erase_on__gt=F("closed_on")),
            ),
            models.CheckConstraint(
                name="circle_looking_after_is_offered_to_somebody_else_by_somebody",
                condition=Q(offered_to=None, offered_by=None, offered_at=None)
                | Q(offered_to__isnull=False, offered_by__isnull=False, offered_at__isnull=False)
                & ~Q(offered_to=F("coordinator")),
            ),
        ]
        indexes = [
            models.Index(name="circle_looked_after_by", fields=["coordinator"]),
            models.Index(
                name="circle_looking_after_offered",
                fields=["offered_to"],
                condition=models.Q(offered_to__isnull=False),
            ),
            models.Index(name="circle_opened_by", fields=["opened_by"]),
        ]


class AddressQuerySet(InFolder["Address"]):
    """What one may ask about addresses: only the family members of the home have a ground."""


class Address(Holds):
    """Where a home is, in a folder of its own (Dutch: adres).

    No seat, question or ground of anybody outside the home reaches this folder: it has no part.
    ``is_secret``: the family said that nobody may learn it; pages then do not even say that there
    is one.
    """

    circle = models.OneToOneField(Circle, models.PROTECT, related_name="address")
    words = Sealed(max_characters=200)
    is_secret = models.BooleanField(default=False)

    objects = AddressQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"words": HOME}

    class Meta:
        constraints = [
            models.UniqueConstraint(name="circle_one_address_per_folder", fields=["folder"]),
        ]


class MemberQuerySet(Guarded["Member"]):
    """What one may ask about members."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Members of whom this actor reads a part."""
        parts = Part.objects.visible_to(actor, on=on)
        return self.filter(pk__in=parts.values("member_id"))


class Member(models.Model):
    """One person of a family: child or adult (Dutch: gezinslid).

    ``person`` is the reference of the human being, with or without an account. ``is_able``: can
    weigh a decision at 12 to 15. Names and birth dates stand sealed in the parts.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    family = models.ForeignKey(Family, models.PROTECT, related_name="members")
    person = models.UUIDField()
    is_child = models.BooleanField()
    is_able = models.BooleanField(default=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="circle_one_member_per_person", fields=["family", "person"]
            ),
        ]


class PartQuerySet(InFolder["Part"]):
    """What one may ask about parts: its name also to who reads one topic."""

    whole = False


class Part(Holds):
    """One folder of a family: about whom, and in which home (Dutch: deel).

    ``member`` None: the household. ``circle`` None: what concerns the child in both homes (the
    school). ``born`` is a date as text, only where the person's own part is. ``coordinator``: who
    looks after what both homes share, a function that both know; None where ``circle`` says it.
    """

    family = models.ForeignKey(Family, models.PROTECT, related_name="parts")
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="parts", null=True, blank=True)
    member = models.ForeignKey(Member, models.PROTECT, related_name="parts", null=True, blank=True)
    coordinator = models.UUIDField(null=True, blank=True)
    called = Sealed(max_characters=80)
    born = Sealed(max_characters=10)

    objects = PartQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"called": WHO, "born": WHO}

    @property
    def looked_after_by(self) -> UUID:
        """The function at the Team op Maat where a question of this part goes last."""
        found = self.circle.coordinator if self.circle else self.coordinator
        assert found is not None  # noqa: S101 - a constraint of the table
        return found

    class Meta:
        constraints = [
            models.UniqueConstraint(name="circle_one_part_per_folder", fields=["folder"]),
            models.UniqueConstraint(
                name="circle_one_part_per_member_and_home",
                fields=["circle", "member"],
                condition=Q(circle__isnull=False, member__isnull=False),
            ),
            models.UniqueConstraint(
                name="circle_one_shared_part_per_member",
                fields=["member"],
                condition=Q(circle=None),
            ),
            models.CheckConstraint(
                name="circle_one_looks_after_a_part",
                condition=Q(circle=None, coordinator__isnull=False)
                | Q(circle__isnull=False, coordinator=None),
            ),
            models.CheckConstraint(
                name="circle_a_household_has_a_home",
                condition=Q(circle__isnull=False) | Q(member__isnull=False),
            ),
        ]


class AuthorityQuerySet(Guarded["Authority"]):
    """What one may ask about authority."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Authority as it was said in a home, for who reads the child's part in that home."""
        parts = Part.objects.visible_to(actor, on=on)
        there = parts.filter(member=OuterRef("child"), circle=OuterRef("circle"))
        return self.filter(Exists(there))

    def standing_on(self, day: date) -> Self:
        """Authority that stands on this day."""
        return self.filter(from_day__lte=day, last_day__gte=day, ended_at=None)

    def deciding(self) -> Self:
        """Authority that says yes or no, disputed or not: who doubts it asks one more person."""
        return self.filter(kind__in=[AuthorityKind.PARENT, AuthorityKind.GUARDIAN])


class Authority(models.Model):
    """Who decides about a child, since when, and how sure that is (Dutch: gezag).

    Said in one home (``circle``): the other home of the child says its own. ``who`` is a person,
    or the function at the institution of a guardian or a supervision order. Seen: by whom, which
    paper, which day; no copy is kept. Grounds follow from it in the same transaction.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    child = models.ForeignKey(Member, models.PROTECT, related_name="authorities")
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="authorities")
    who = models.UUIDField()
    kind = models.CharField(max_length=16, choices=AuthorityKind.choices)
    state = models.CharField(
        max_length=10, choices=AuthorityState.choices, default=AuthorityState.STATED
    )
    seen_by = models.UUIDField(null=True, blank=True)
    seen_on = models.DateField(null=True, blank=True)
    paper = models.CharField(max_length=10, choices=Paper.choices, blank=True)
    from_day = models.DateField()
    last_day = models.DateField(default=NO_END)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circle_seen_authority_says_by_whom_when_and_on_which_paper",
                condition=~Q(state="seen")
                | Q(seen_by__isnull=False, seen_on__isnull=False) & ~Q(paper=""),
            ),
            models.UniqueConstraint(
                name="circle_one_open_authority_per_person_and_child",
                fields=["child", "who", "circle"],
                condition=Q(ended_at=None),
            ),
        ]


class SeatQuerySet(InFolder["Seat"]):
    """What one may ask about seats."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Seats in the folders this actor reads, one's own while it stands, and those that wait.

        One that waits is seen by who offered it, until somebody takes it; of a name that rests
        nobody else knows.
        """
        receiver = gate.receiver_of(actor)
        if receiver is None:
            return self.none()
        folders = gate.folders_read(actor, on=on)
        near = Q(who=receiver, last_day__gte=on) | Q(who=None, made_by=receiver)
        near &= Q(ended_at=None)
        if folders is not None:
            near |= Q(folder_id__in=folders.rows())
        return self.filter(near).not_resting(actor, on=on)

    def not_resting(self, actor: Actor, *, on: date) -> Self:
        """Without a name that rests, but for who wrote it down."""
        return self.filter(Q(who__isnull=False) | unless_resting("seat", actor, on=on))

    def held_on(self, day: date) -> Self:
        """Seats that are held on this day."""
        return self.filter(from_day__lte=day, last_day__gte=day, ended_at=None)


class Seat(Holds):
    """One party's place in a circle, while the family agrees (Dutch: stoel).

    The folder is the part it stands in. ``who`` is the function or person that reads here; None
    for somebody who is only named. ``member`` is the family member for whom a family's seat is
    kept. ``works_at``, ``called``, ``work``, ``phone`` and ``doing``
    are what the family sees: organisation, name, plain word for the work, phone, what is done now.
    ``last_day`` is included. ``face`` is the slug of a drawn face.
    """

    kind = models.CharField(max_length=16, choices=SeatKind.choices)
    side = models.CharField(max_length=12, choices=Side.choices, blank=True)
    domain = models.CharField(_("field"), max_length=16, blank=True)
    who = models.UUIDField(null=True, blank=True)
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="seats", null=True, blank=True, editable=False
    )
    organisation = models.UUIDField(null=True, blank=True)
    called = Sealed(max_characters=80)
    works_at = Sealed(max_characters=120)
    work = Sealed(max_characters=80)
    phone = Sealed(max_characters=20)
    doing = Sealed(max_characters=200)
    face = models.CharField(max_length=20, blank=True)
    shown_by_function = models.BooleanField(default=False)
    from_day = models.DateField()
    last_day = models.DateField(default=NO_END)
    ended_at = models.DateTimeField(null=True, blank=True)
    made_by = models.UUIDField(editable=False)

    objects = SeatQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {
        "called": WHO,
        "works_at": WHO,
        "work": WHO,
        "phone": WHO,
        "doing": WHO,
        "face": WHO,
    }
    no_personal_data: ClassVar[frozenset[str]] = frozenset({"domain"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circle_seat_ends_after_it_begins", condition=Q(last_day__gte=F("from_day"))
            ),
            models.CheckConstraint(
                name="circle_who_stands_beside_a_parent_has_an_end",
                condition=~Q(kind__in=["interpreter", "confidant"]) | Q(last_day__lt=NO_END),
            ),
            models.UniqueConstraint(
                name="circle_one_open_seat_per_part",
                fields=["folder", "who"],
                condition=Q(ended_at=None, who__isnull=False),
            ),
        ]


class SeatCodeQuerySet(Guarded["SeatCode"]):
    """What one may ask about codes for a seat."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Codes of seats that this actor sees."""
        return self.filter(seat__in=Seat.objects.visible_to(actor, on=on))


class SeatCode(models.Model):
    """A code or link with which somebody takes the seat that the family offered (Dutch: stoelcode).

    Only the hash is kept; ``number`` finds it. Used once, by a form, before ``until``.
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="codes")
    number = models.CharField(max_length=6, unique=True, editable=False)
    hash = models.CharField(max_length=128, editable=False)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SeatCodeQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {
        "hash": Personal(
            "take a seat", "consent of the family", "until it is used or ends", "nobody"
        ),
    }
    no_personal_data: ClassVar[frozenset[str]] = frozenset({"number"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circle_seat_code_is_used_in_time",
                condition=Q(used_at=None) | Q(used_at__lt=F("until")),
            ),
        ]
