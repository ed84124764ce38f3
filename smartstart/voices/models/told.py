"""Interview, consent, transcript, codes, codings, excerpts and quotes."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final, Self, TypeVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from smartstart.access.actor import Actor
from smartstart.access.fields import Sealed
from smartstart.access.models import Guarded, Holds
from smartstart.access.permissions import Permission, Role
from smartstart.base.personal import Personal
from smartstart.programme.models import Pilot
from smartstart.thread.models import Knot
from smartstart.voices.states import Choice, InterviewState, ProposalState, QuoteState, TellBy

Row = TypeVar("Row", bound=models.Model)

LONGEST_TEXT: Final = 3_000_000
LONGEST_QUOTE: Final = 4_000

_BASIS: Final = "consent of who told it"
_KEPT: Final = (
    "until the day they agreed to, ten years at most; gone at once when they take it back"
)
_TEAM: Final = "project leader and researchers of the pilot; the person"
STORY: Final = Personal("learn what families go through", _BASIS, _KEPT, _TEAM)
_WHO: Final = Personal("arrange the interview and reach the person", _BASIS, _KEPT, _TEAM)
_SHOWN: Final = Personal("say who speaks, as far as they agreed", _BASIS, _KEPT, _TEAM)
_CODED: Final = Personal("find what returns in many stories", _BASIS, _KEPT, _TEAM)


def stands_on(on: date, *, before: str = "") -> Q:
    """Say that the consent to use stands on this day; ``before`` is the way to the interview."""
    return Q(
        **{
            f"{before}use": True,
            f"{before}given_on__lte": on,
            f"{before}keep_until__gte": on,
            f"{before}withdrawn_on": None,
        }
    )


class InterviewQuerySet(Guarded["Interview"]):
    """What one may ask about interviews."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Interviews this actor may know exist: who does research in the pilot, and the person.

        Also those that were taken back: of them only a tombstone is left. One subquery.
        """
        if actor.role is Role.INTERVIEWEE:
            return self.filter(ref=actor.within)
        if not actor.may(Permission.VOICE_CODE):
            return self.none()
        return self.filter(pilot__in=Pilot.objects.worked_on_by(actor, on=on))

    def usable(self, *, on: date) -> Self:
        """Interviews whose story may be used on this day."""
        return self.filter(stands_on(on))

    def kept_too_long(self, *, on: date) -> Self:
        """Interviews of which the last day has passed and the story is still here."""
        return self.filter(withdrawn_on=None, keep_until__lt=on)


class Interview(Holds):
    """One conversation with one person about what they live through (Dutch: gesprek).

    The folder is the voice: one key, destroyed when the person takes the story back. ``described``
    is how the person wants to be shown ("moeder, 34 jaar"). ``use`` to ``withdrawn_on`` say how the
    consent stands; ``Consent`` holds how it came to be. ``tell_in`` is the language in which they
    chose how to hear, by its ISO 639 code. ``keep_until`` is the last day,
    ``withdrawn_on`` the first on which nothing may be used.
    """

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="interviews")
    number = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10, choices=InterviewState.choices, default=InterviewState.PLANNED
    )
    planned_on = models.DateField(_("planned on"))
    with_whom = Sealed(max_characters=200)
    described = Sealed(max_characters=120)
    tell_by = models.CharField(max_length=8, choices=TellBy.choices, default=TellBy.NOTHING)
    tell_in = models.CharField(max_length=5, default="nl", editable=False)
    use = models.BooleanField(default=False)
    quote = models.BooleanField(default=False)
    share = models.BooleanField(default=False)
    given_on = models.DateField(null=True, blank=True)
    keep_until = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True, editable=False)

    objects = InterviewQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"with_whom": _WHO, "described": _SHOWN}
    no_personal_data: ClassVar[frozenset[str]] = frozenset({"tell_in"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="voices_one_interview_per_number", fields=["pilot", "number"]
            ),
            models.CheckConstraint(
                name="voices_quoting_and_sharing_need_use",
                condition=Q(use=True) | Q(quote=False, share=False),
            ),
            models.CheckConstraint(
                name="voices_use_has_a_first_and_a_last_day",
                condition=Q(use=False) | Q(given_on__isnull=False, keep_until__gte=F("given_on")),
            ),
            models.CheckConstraint(
                name="voices_taken_back_means_nothing_is_used",
                condition=Q(withdrawn_on=None) & ~Q(state="withdrawn")
                | Q(withdrawn_on__isnull=False, state="withdrawn", use=False),
            ),
        ]


class OfInterview(Guarded[Row]):
    """Rows with what somebody told: there while the consent to use it stands."""

    way: ClassVar[str] = "interview"

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Rows of interviews that this actor may know of and that may be used on this day."""
        interviews = Interview.objects.visible_to(actor, on=on).usable(on=on)
        return self.filter(**{f"{self.way}__in": interviews})


class AlwaysOfInterview(Guarded[Row]):
    """Rows about an interview that are also there without a consent that stands."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Rows of interviews that this actor may know of."""
        return self.filter(interview__in=Interview.objects.visible_to(actor, on=on))


class Consent(models.Model):
    """One thing that somebody said about what may be done with the story (Dutch: toestemming).

    Rows are added, never changed; the last number is how it stands. ``heard_by`` is the hat that
    wrote it down; None when the person said it themself on their own page.
    """

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="consents")
    number = models.PositiveIntegerField()
    use = models.BooleanField()
    quote = models.BooleanField()
    share = models.BooleanField()
    given_on = models.DateField()
    keep_until = models.DateField()
    withdrawn = models.BooleanField(default=False)
    said_at = models.DateTimeField()
    heard_by = models.UUIDField(null=True, editable=False)

    objects = AlwaysOfInterview["Consent"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="voices_one_consent_per_number", fields=["interview", "number"]
            ),
        ]


class TranscriptQuerySet(OfInterview["Transcript"]):
    """What one may ask about transcripts."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Transcripts for who does research in the pilot; not for the person's own page."""
        if actor.role is Role.INTERVIEWEE:
            return self.none()
        return super().visible_to(actor, on=on)


class Transcript(Holds):
    """The text of one interview (Dutch: uitgeschreven gesprek).

    ``original`` is there until a person said the pseudonyms are checked; from then on only
    ``text``, with ``length`` in characters. ``fingerprint`` is a keyed hash of the file.
    ``proposed_by`` says whether the name tables were used ("full") or only the rules ("rules").
    """

    interview = models.OneToOneField(Interview, models.PROTECT, related_name="transcript")
    name = Sealed(max_characters=200)
    shape = models.CharField(max_length=20)
    original = Sealed(max_characters=LONGEST_TEXT)
    text = Sealed(max_characters=LONGEST_TEXT)
    length = models.PositiveIntegerField(default=0)
    fingerprint = models.BinaryField(max_length=32, null=True, editable=False)
    imported_at = models.DateTimeField()
    imported_by = models.UUIDField(null=True, editable=False)
    proposed_by = models.CharField(max_length=8, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.UUIDField(null=True, editable=False)

    objects = TranscriptQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {
        "name": STORY,
        "original": STORY,
        "text": STORY,
        "fingerprint": STORY,
    }
    no_personal_data: ClassVar[frozenset[str]] = frozenset({"shape", "proposed_by"})

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="voices_text_has_length_only_once_checked",
                condition=Q(checked_at__isnull=False) | Q(length=0, text=None),
            ),
            models.CheckConstraint(
                name="voices_original_is_gone_once_checked",
                condition=Q(checked_at=None) | Q(original=None),
            ),
        ]


class OfTranscript(OfInterview[Row]):
    """Rows of a transcript, behind its rule."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Rows of transcripts that this actor may read."""
        return self.filter(transcript__in=Transcript.objects.visible_to(actor, on=on))


class Pseudonym(Holds):
    """A stretch of the original that may point at somebody, and what stands in its place.

    Proposed by the language helper or added by a person; a person decides each one
    (Dutch: pseudoniem). The stretch counts characters of the original.
    """

    transcript = models.ForeignKey(Transcript, models.PROTECT, related_name="pseudonyms")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    replacement = Sealed(max_characters=100)
    state = models.CharField(
        max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED
    )
    decided_by = models.UUIDField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = OfTranscript["Pseudonym"].as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"replacement": STORY}
    no_personal_data: ClassVar[frozenset[str]] = frozenset({"kind"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="voices_one_pseudonym_per_stretch", fields=["transcript", "start", "end"]
            ),
            models.CheckConstraint(
                name="voices_pseudonym_covers_something", condition=Q(start__lt=F("end"))
            ),
            models.CheckConstraint(
                name="voices_pseudonym_is_decided_at_a_moment",
                condition=Q(state=ProposalState.PROPOSED, decided_at=None)
                | ~Q(state=ProposalState.PROPOSED) & Q(decided_at__isnull=False),
            ),
        ]


class CodeQuerySet(Guarded["Code"]):
    """What one may ask about codes."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Codes of pilots in which this actor does research; of those that hide, one's own."""
        if not actor.may(Permission.VOICE_CODE):
            return self.none()
        mine = Q(made_by=actor.hat) if actor.hat else Q(pk__in=())
        inside = self.filter(pilot__in=Pilot.objects.worked_on_by(actor, on=on))
        return inside.filter(Q(hidden_in=None) | mine)

    def in_use(self) -> Self:
        """Codes that were not merged into another."""
        return self.filter(merged_into=None)


class Code(models.Model):
    """A word that the team puts on what returns in many stories (Dutch: code).

    ``hidden_in`` is the blind round in which a coder made it: until everyone of that round is
    ready only the maker, a hat, knows of it. Else the other would read in the codebook what this
    one sees in the text. Until then its ``number`` is the maker's own, after what all know.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="codes")
    number = models.PositiveIntegerField()
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("when you use it"), max_length=2_000, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", null=True, blank=True
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, related_name="merged", null=True, blank=True
    )
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True, editable=False)
    hidden_in = models.ForeignKey(
        "CodingRound", models.PROTECT, related_name="hidden_codes", null=True, editable=False
    )

    objects = CodeQuerySet.as_manager()

    no_personal_data: ClassVar[frozenset[str]] = frozenset({"name", "description"})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="voices_one_code_per_number",
                fields=["pilot", "number"],
                condition=Q(hidden_in=None),
            ),
            models.UniqueConstraint(
                name="voices_one_hidden_code_per_number_and_maker",
                fields=["pilot", "made_by", "number"],
                condition=Q(hidden_in__isnull=False),
            ),
            models.UniqueConstraint(
                name="voices_one_code_per_name",
                fields=["pilot", "name"],
                condition=Q(merged_into=None, hidden_in=None),
            ),
            models.UniqueConstraint(
                name="voices_one_hidden_code_per_name_and_maker",
                fields=["pilot", "made_by", "name"],
                condition=Q(merged_into=None, hidden_in__isnull=False),
            ),
            models.CheckConstraint(
                name="voices_hidden_code_has_a_maker",
                condition=Q(hidden_in=None) | Q(made_by__isnull=False),
            ),
            models.CheckConstraint(
                name="voices_code_has_a_name_and_is_not_its_own_parent",
                condition=~Q(name="") & ~Q(parent=F("id")) & ~Q(merged_into=F("id")),
            ),
        ]


class CodingRound(models.Model):
    """One time that one or two people code one transcript (Dutch: ronde).

    Blind: none sees the other's work before ``everyone_ready_at``. The agreement is measured
    once, when it is merged, and never changes after; empty with one coder.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    transcript = models.ForeignKey(Transcript, models.PROTECT, related_name="rounds")
    is_blind = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField(null=True, editable=False)
    everyone_ready_at = models.DateTimeField(null=True, blank=True)
    merged_at = models.DateTimeField(null=True, blank=True)
    merged_by = models.UUIDField(null=True, editable=False)
    alpha = models.FloatField(null=True, blank=True)
    alpha_low = models.FloatField(null=True, blank=True)
    alpha_high = models.FloatField(null=True, blank=True)

    objects = OfTranscript["CodingRound"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="voices_one_open_round_per_transcript",
                fields=["transcript"],
                condition=Q(merged_at=None),
            ),
            models.CheckConstraint(
                name="voices_merged_after_everyone_was_ready",
                condition=Q(merged_at=None) | Q(merged_at__gte=F("everyone_ready_at")),
            ),
        ]


class OfRound(Guarded[Row]):
    """Rows of a round, behind its rule."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Rows of rounds that this actor may know of."""
        return self.filter(round__in=CodingRound.objects.visible_to(actor, on=on))


class RoundCoder(models.Model):
    """Who codes in a round, by hat, and since when ready (Dutch: coder in een ronde)."""

    round = models.ForeignKey(CodingRound, models.PROTECT, related_name="coders")
    coder = models.UUIDField()
    ready_at = models.DateTimeField(null=True, blank=True)

    objects = OfRound["RoundCoder"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="voices_one_place_per_coder_and_round", fields=["round", "coder"]
            ),
        ]


class CodingQuerySet(OfTranscript["Coding"]):
    """What one may ask about codings."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Codings of transcripts this actor may read, and in a blind round only one's own.

        Until every coder of the round is ready the others' do not exist: no row, no count, no
        moment. Who opened the round or leads the pilot is no exception.
        """
        open_to_all = Q(round__is_blind=False) | Q(round__everyone_ready_at__isnull=False)
        mine = Q(coder=actor.hat) if actor.hat else Q(pk__in=())
        return super().visible_to(actor, on=on).filter(open_to_all | mine)

    def agreed(self) -> Self:
        """Codings that stayed when a round was merged."""
        return self.filter(stands=True)


class Coding(Holds):
    """That one coder put one code on one stretch of a text (Dutch: codering).

    ``coder`` is a hat. ``stands`` is None until the round is merged. The memo is sealed.
    """

    round = models.ForeignKey(CodingRound, models.PROTECT, related_name="codings")
    transcript = models.ForeignKey(Transcript, models.PROTECT, related_name="codings")
    code = models.ForeignKey(Code, models.PROTECT, related_name="codings")
    coder = models.UUIDField(editable=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    memo = Sealed(max_characters=4_000)
    stands = models.BooleanField(null=True, blank=True)
    made_at = models.DateTimeField()

    objects = CodingQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"memo": _CODED}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="voices_one_coding_per_coder_code_and_stretch",
                fields=["round", "coder", "code", "start", "end"],
            ),
            models.CheckConstraint(
                name="voices_coding_covers_something", condition=Q(start__lt=F("end"))
            ),
        ]
        indexes = [models.Index(name="voices_codings_in_order", fields=["transcript", "start"])]


class MergeDecision(models.Model):
    """What was chosen for one difference between two coders (Dutch: keuze bij samenvoegen)."""

    round = models.ForeignKey(CodingRound, models.PROTECT, related_name="decisions")
    first = models.ForeignKey(Coding, models.PROTECT, related_name="+", null=True)
    second = models.ForeignKey(Coding, models.PROTECT, related_name="+", null=True)
    choice = models.CharField(max_length=8, choices=Choice.choices)
    decided_by = models.UUIDField(null=True, editable=False)
    decided_at = models.DateTimeField()

    objects = OfRound["MergeDecision"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="voices_one_decision_per_difference",
                fields=["round", "first", "second"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="voices_decision_is_about_something",
                condition=Q(first__isnull=False) | Q(second__isnull=False),
            ),
        ]


class ExcerptQuerySet(OfInterview["Excerpt"]):
    """What one may ask about excerpts."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Excerpts for everyone who works in the pilot, and one's own; while they may be used."""
        if actor.role is Role.INTERVIEWEE:
            return self.filter(stands_on(on, before="interview__"), interview__ref=actor.within)
        if not actor.may(Permission.PILOT_WORK):
            return self.none()
        pilots = Pilot.objects.worked_on_by(actor, on=on)
        return self.filter(stands_on(on, before="interview__"), interview__pilot__in=pilots)


class Excerpt(Holds):
    """A piece of a story that the thread rests on (Dutch: fragment).

    ``words`` is the piece of the text, kept apart: the thread never opens a whole transcript.
    """

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="excerpts")
    transcript = models.ForeignKey(Transcript, models.PROTECT, related_name="excerpts")
    knot = models.OneToOneField(Knot, models.PROTECT, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = Sealed(max_characters=LONGEST_QUOTE)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True, editable=False)

    objects = ExcerptQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"words": STORY}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="voices_one_excerpt_per_stretch", fields=["transcript", "start", "end"]
            ),
            models.CheckConstraint(
                name="voices_excerpt_covers_something", condition=Q(start__lt=F("end"))
            ),
        ]


class QuoteApprovalQuerySet(Guarded["QuoteApproval"]):
    """What one may ask about approvals."""

    def visible_to(self, actor: Actor, *, on: date) -> Self:
        """Approvals of excerpts that this actor may read."""
        return self.filter(excerpt__in=Excerpt.objects.visible_to(actor, on=on))


class QuoteApproval(Holds):
    """The question to the interviewee whether these words may be shown (Dutch: akkoord).

    ``proposed`` is what was asked; ``answer`` the words the person wants instead, when changed.
    """

    excerpt = models.OneToOneField(Excerpt, models.PROTECT, related_name="approval")
    proposed = Sealed(max_characters=LONGEST_QUOTE)
    answer = Sealed(max_characters=LONGEST_QUOTE)
    state = models.CharField(max_length=8, choices=QuoteState.choices, default=QuoteState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = QuoteApprovalQuerySet.as_manager()

    personal_data: ClassVar[dict[str, Personal]] = {"proposed": STORY, "answer": STORY}

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="voices_quote_is_decided_at_a_moment",
                condition=Q(state=QuoteState.ASKED, decided_at=None)
                | ~Q(state=QuoteState.ASKED) & Q(decided_at__isnull=False),
            ),
        ]
