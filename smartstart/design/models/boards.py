"""A board that many phones share: who joined, its notes with their texts, and votes."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final, Self, TypeVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import Actor
from smartstart.access.fields import Sealed
from smartstart.access.models import Guarded, Holds
from smartstart.base.personal import Personal
from smartstart.design.boards_rules import MOST_LETTERS, QUESTION_LETTERS
from smartstart.design.models.sessions import DesignSession, OfSession
from smartstart.design.roles import ParticipantRole

Row = TypeVar("Row", bound=models.Model)

_SAID: Final = Personal(
    "let people design something together, in their own words",
    "consent of who takes part",
    "until the session's folder is erased with its pilot",
    "who takes part in the session; the team of the pilot",
)


class BoardKind(models.TextChoices):
    """What a board is for; ``boards_kinds`` says what each kind asks."""

    BRAINSTORM = "brainstorm", _("brainstorm")
    EMPATHY = "empathy", _("empathy map")
    PERSONA = "persona", _("persona")
    JOURNEY = "journey", _("journey")
    HOW_MIGHT_WE = "hmw", _("how might we")
    CLUSTERS = "clusters", _("clusters")
    DOTS = "dots", _("dot vote")
    RANKED = "ranked", _("ranked vote")
    STATEMENTS = "statements", _("statements")
    MATRIX = "matrix", _("impact and effort")
    CANVAS = "canvas", _("prototype canvas")
    TEST_GRID = "testgrid", _("test grid")


class Board(Holds):
    """One question that everybody in the room works on at once (Dutch: bord).

    The folder is the session's. ``code`` lets a phone in until ``code_until``. ``events`` is the
    number of the last change: each change takes the next one while it holds this row, so numbers
    commit in order. ``turned`` is the number at which notes were last revealed or covered.
    """

    session = models.ForeignKey(DesignSession, models.PROTECT, related_name="boards")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=12, choices=BoardKind.choices)
    question = Sealed(max_characters=QUESTION_LETTERS)
    code = models.CharField(max_length=6, unique=True, editable=False)
    code_until = models.DateTimeField()
    is_closed = models.BooleanField(default=False)
    is_locked = models.BooleanField(default=False)
    is_revealed = models.BooleanField(default=False)
    is_counted = models.BooleanField(default=False)
    timer_ends_at = models.DateTimeField(null=True, blank=True)
    events = models.PositiveBigIntegerField(default=0)
    turned = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True, editable=False)

    objects = OfSession["Board"].as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"question": _SAID}
    no_personal_data: ClassVar[frozenset[str]] = frozenset({"code"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="design_one_board_per_number", fields=["session", "number"]
            ),
        ]


class BoardGuest(models.Model):
    """One phone that takes part in a session, without account or name (Dutch: meedoener).

    ``token_hash`` is of what the phone keeps. ``is_confirmed``: a facilitator saw that the role
    that was chosen is right. ``is_sent_away``: this phone takes no part any more.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    session = models.ForeignKey(DesignSession, models.PROTECT, related_name="board_guests")
    number = models.PositiveSmallIntegerField()
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    role = models.CharField(_("role"), max_length=16, choices=ParticipantRole.choices)
    is_confirmed = models.BooleanField(default=False)
    is_sent_away = models.BooleanField(default=False)
    joined_at = models.DateTimeField()

    objects = OfSession["BoardGuest"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"token_hash"})

    class Meta:
        # How many of the whole house came just now.
        indexes: ClassVar = [models.Index(name="design_guest_joined", fields=["joined_at"])]
        constraints = [
            models.UniqueConstraint(
                name="design_one_guest_per_number", fields=["session", "number"]
            ),
        ]


class OfBoard(Guarded[Row]):
    """Rows of a board for who may know of its session."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Rows of boards that this actor may know of."""
        return self.filter(board__in=Board.objects.visible_to(actor, on=on))


class BoardNote(Holds):
    """A note on a board (Dutch: briefje).

    ``author`` is None when a facilitator typed it from paper. ``changed`` is the number of its
    last change. ``is_removed``: who wrote it took it away; ``is_hidden``: a facilitator did. Both
    stay, and who wrote it sees which. ``is_group``: its words are
    the name of a group; ``into`` is the group that a note lies in.
    """

    board = models.ForeignKey(Board, models.PROTECT, related_name="notes")
    author = models.ForeignKey(BoardGuest, models.PROTECT, null=True, related_name="notes")
    column = models.CharField(max_length=16, blank=True)
    into = models.ForeignKey("self", models.PROTECT, null=True, related_name="under")
    is_group = models.BooleanField(default=False)
    is_hidden = models.BooleanField(default=False)
    is_removed = models.BooleanField(default=False)
    changed = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()

    objects = OfBoard["BoardNote"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"column"})

    class Meta:
        indexes = [models.Index(name="design_note_of_a_change", fields=["board", "changed"])]


class DeedKind(models.TextChoices):
    """What who leads does with one note."""

    HIDE = "hide", _("taken off the screens")
    SHOW = "show", _("put back on the screens")
    PLACE = "place", _("put on the board")
    TAKE = "take", _("taken off the board")
    LAY = "lay", _("laid in a group, or taken out of one")
    MOVE = "move", _("moved to another place")


class BoardDeed(models.Model):
    """What who leads did with a note, so that it can be undone (Dutch: ingreep).

    ``number`` is the change it made. ``lay_from`` and ``lay_to`` are the groups it lay in before
    and after, ``column_from`` and ``column_to`` the places it stood in. ``undoes`` is the deed that
    this one undid: undoing is a deed as well.
    """

    board = models.ForeignKey(Board, models.PROTECT, related_name="deeds")
    note = models.ForeignKey(BoardNote, models.PROTECT, related_name="deeds")
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=8, choices=DeedKind.choices)
    lay_from = models.ForeignKey(BoardNote, models.PROTECT, null=True, related_name="+")
    lay_to = models.ForeignKey(BoardNote, models.PROTECT, null=True, related_name="+")
    column_from = models.CharField(max_length=16, blank=True)
    column_to = models.CharField(max_length=16, blank=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone")
    done_at = models.DateTimeField()
    done_by = models.UUIDField(null=True, editable=False)

    objects = OfBoard["BoardDeed"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"column_from", "column_to"})

    class Meta:
        constraints = [
            models.UniqueConstraint(name="design_one_deed_per_change", fields=["board", "number"]),
        ]


class BoardPhoto(Holds):
    """A photo of paper in the room, beside the typed notes (Dutch: foto bij een bord).

    It lies on disk, sealed under the session's key. It was washed, and what a person hid on it was
    painted over, before it was stored: there is no other version.
    """

    has_file = True

    board = models.ForeignKey(Board, models.PROTECT, related_name="photos")
    size_bytes = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    added_by = models.UUIDField(null=True, editable=False)

    objects = OfBoard["BoardPhoto"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="design_a_photo_is_not_empty", condition=Q(size_bytes__gt=0)
            ),
        ]


class NoteTextQuerySet(Guarded["NoteText"]):
    """What one may ask about the texts of notes."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Texts of notes that this actor may know of."""
        return self.filter(note__in=BoardNote.objects.visible_to(actor, on=on))


class NoteText(Holds):
    """One text of a note (Dutch: tekst van een briefje).

    Who writes names the texts they saw; those are replaced, others stay: two texts that clash are
    both shown. ``number`` is the change that brought it.
    """

    note = models.ForeignKey(BoardNote, models.PROTECT, related_name="texts")
    number = models.PositiveBigIntegerField()
    words = Sealed(max_characters=MOST_LETTERS)
    is_replaced = models.BooleanField(default=False)

    objects = NoteTextQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"words": _SAID}

    class Meta:
        constraints = [
            models.UniqueConstraint(name="design_one_text_per_change", fields=["note", "number"]),
        ]


class BoardVote(models.Model):
    """What one phone gave to one note (Dutch: stem op een briefje); 0 is taken back.

    Dots: 1. Ranked: the place, from 1. Statements: 1 agree, 2 disagree, 3 pass. ``counted_as`` is
    the role as which it was counted: a role that is confirmed later, or a phone that is sent away,
    moves no vote, for what moved would show what that one person gave. It stays when people vote
    again; ``counted_value`` is what the last count saw (decision 0022).
    """

    board = models.ForeignKey(Board, models.PROTECT, related_name="votes")
    guest = models.ForeignKey(BoardGuest, models.PROTECT, related_name="votes")
    note = models.ForeignKey(BoardNote, models.PROTECT, related_name="votes")
    value = models.PositiveSmallIntegerField()
    changed = models.PositiveBigIntegerField()
    counted_as = models.CharField(max_length=16, blank=True)
    counted_value = models.PositiveSmallIntegerField(default=0)

    objects = OfBoard["BoardVote"].as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"counted_as"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="design_one_vote_per_guest_and_note", fields=["guest", "note"]
            ),
            models.CheckConstraint(name="design_vote_is_small", condition=Q(value__lte=9)),
        ]


class BoardStep(models.Model):
    """One operation that was stored, so that sent twice it is done once (Dutch: handeling).

    ``number`` is the change it made.
    """

    guest = models.ForeignKey(BoardGuest, models.PROTECT, related_name="steps")
    board = models.ForeignKey(Board, models.PROTECT, related_name="steps")
    client = models.UUIDField()
    counter = models.PositiveBigIntegerField()
    number = models.PositiveBigIntegerField()

    objects = OfBoard["BoardStep"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="design_a_step_is_stored_once", fields=["guest", "client", "counter"]
            ),
        ]
