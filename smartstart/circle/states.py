"""The choices of this room: what its rows can be. Values are for ever."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuthorityKind(models.TextChoices):
    """In what capacity somebody decides about a child (Dutch: gezag)."""

    PARENT = "parent", _("parent with authority")
    NO_AUTHORITY = "no_authority", _("parent without authority")
    GUARDIAN = "guardian", _("guardian")
    FOSTER_PARENT = "foster_parent", _("foster parent")
    SUPERVISION = "supervision", _("supervision order")


class AuthorityState(models.TextChoices):
    """How sure the circle is of it."""

    STATED = "stated", _("stated")
    SEEN = "seen", _("seen on paper")
    DISPUTED = "disputed", _("disputed")


class Paper(models.TextChoices):
    """On which paper somebody saw the authority, or where somebody lives; no copy is kept."""

    REGISTER = "register", _("extract from the authority register")
    COURT = "court", _("decision of the court")
    BIRTH = "birth", _("birth certificate")
    HOME = "home", _("extract of where somebody lives")


class GroundKind(models.TextChoices):
    """Why a ground is there."""

    OWN = "own", _("it is about this person")
    AUTHORITY = "authority", _("decides about this child")
    HOME = "home", _("lives in this home")
    SEAT = "seat", _("has a seat")
    QUESTION = "question", _("was asked one question")
    BESIDE = "beside", _("stands beside a parent")
    WITHHELD = "withheld", _("keeps it for somebody's safety")
    TOLD = "told", _("was chosen by a child to hear it")


class GroundState(models.TextChoices):
    """How the family's lock stands."""

    NOT_ASKED = "not_asked", _("not asked yet")
    ASKED = "asked", _("asked")
    GRANTED = "granted", _("yes")
    REFUSED = "refused", _("no")
    WITHDRAWN = "withdrawn", _("taken back")
    INFORMED = "informed", _("told, because it must")


class Answer(models.TextChoices):
    """What one person who must decide said."""

    ASKED = "asked", _("asked")
    YES = "yes", _("yes")
    NO = "no", _("no")
    WITHDRAWN = "withdrawn", _("taken back")


class HowHeard(models.TextChoices):
    """What somebody answers to "was I heard?"."""

    YES = "yes", _("yes, I was heard")
    A_BIT = "a_bit", _("a bit")
    NO = "no", _("no, not heard")


class SeatKind(models.TextChoices):
    """What a seat is for."""

    FAMILY = "family", _("family")
    QUESTION_ONLY = "question_only", _("asked now and then")
    TOPIC_READER = "topic_reader", _("reads along on a topic")
    COORDINATOR = "coordinator", _("coordinator")
    INFORMAL = "informal", _("close by")
    INTERPRETER = "interpreter", _("interpreter")
    CONFIDANT = "confidant", _("confidant")


class Side(models.TextChoices):
    """The three sides of the frame, in the family's words (empty: no side)."""

    DEVELOPMENT = "development", _("how I grow")
    PARENTS = "parents", _("my parents")
    SURROUNDINGS = "surroundings", _("around us")


class EntryKind(models.TextChoices):
    """What somebody wrote."""

    OBSERVATION = "observation", _("what I saw")
    MESSAGE = "message", _("message")
    DOCUMENT = "document", _("document")
    STORY = "story", _("our story")
    MINUTES = "minutes", _("what we said")


class QuestionKind(models.TextChoices):
    """What kind of question it is; the holder's page says it in words."""

    QUESTION = "question", _("question")
    UNCLEAR = "unclear", _("I do not understand this")
    NOT_RIGHT = "not_right", _("this is not right")
    WHY = "why", _("why did you look")
    INFORMATION = "information", _("request for information")
    APART = "apart", _("parents do not agree")
    MISSING = "missing", _("who do we miss")
    LEAVING = "leaving", _("somebody lives here no more")


class StepKind(models.TextChoices):
    """What happened to a question."""

    ASKED = "asked", _("asked")
    OFFERED = "offered", _("offered")
    ACCEPTED = "accepted", _("picked up")
    DECLINED = "declined", _("declined")
    PROMISED = "promised", _("promised")
    ANSWERED = "answered", _("answered")
    REFUSED = "refused", _("said no, with the reason")
    CONFIRMED = "confirmed", _("confirmed")
    REOPENED = "reopened", _("asked again")
    GIVEN_BACK = "given_back", _("given back")
    KNOWS = "knows", _("knows this family privately")
    FAMILY_ASKED = "family_asked", _("asked the family first")


class WithheldState(models.TextChoices):
    """How far the two who withhold are."""

    PROPOSED = "proposed", _("asked the other")
    DECLINED = "declined", _("the other said no")
    KEPT = "kept", _("kept apart")
    OPENING = "opening", _("one of the two wants to open it")
    OPENED = "opened", _("opened")
    DROPPED = "dropped", _("destroyed")


class LeavingState(models.TextChoices):
    """How far it is that somebody was said to live here no more."""

    ASKED = "asked", _("asked")
    LEFT = "left", _("lives here no more")
    STAYS = "stays", _("still lives here")


class WithheldStepKind(models.TextChoices):
    """What one of the two did."""

    PROPOSED = "proposed", _("asked to keep it apart")
    CONFIRMED = "confirmed", _("said yes")
    DECLINED = "declined", _("said no")
    REVIEWED = "reviewed", _("looked again and keeps it apart")
    OPENING = "opening", _("asked to open it")
    OPENED = "opened", _("said yes to opening")
    THIRD_ASKED = "third", _("asked somebody else to be the second")
    THIRD_CAME = "third_came", _("took the place of the one before")
    THIRD_DECLINED = "third_no", _("said no to being the second")


class Right(models.TextChoices):
    """What somebody may ask about their own data (AVG 15, 16, 17, 18 and 20)."""

    ACCESS = "access", _("see what you keep about me")
    RECTIFY = "rectify", _("mend what is wrong")
    ERASE = "erase", _("destroy what you keep about me")
    RESTRICT = "restrict", _("do nothing with it for now")
    PORT = "port", _("take it along")


class RightState(models.TextChoices):
    """How far a request is."""

    ASKED = "asked", _("asked")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")


class AttachmentKind(models.TextChoices):
    """What kind of file it is; the value is the ending."""

    PDF = "pdf", _("PDF")
    PNG = "png", _("drawing or picture")
    JPEG = "jpg", _("photo")
    TEXT = "txt", _("text")
    WORD = "docx", _("document")
    OPEN_DOCUMENT = "odt", _("document")
    WEBM = "webm", _("sound")
    OGG = "ogg", _("sound")
    MPEG4 = "m4a", _("sound")
    WAVE = "wav", _("sound")
