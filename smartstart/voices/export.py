"""Coded work that leaves as a file: REFI-QDA project, codebook, table. Each leaves a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from smartstart.access.actor import require
from smartstart.access.ledger import Deed
from smartstart.access.permissions import Permission
from smartstart.access.reading import Reading
from smartstart.base.clock import day_of
from smartstart.programme.models import Pilot
from smartstart.voices import exchange
from smartstart.voices.models import Code, Coding, Transcript
from smartstart.voices.queries import code_refs

CODER = "Codeur"
CONVERSATION = "Gesprek"
SELECTION = "selection"  # a guid stands once in a file: not that of its first coding
# Codes that stand beside each other on a page stay apart in another program too.
COLOURS = (
    "#1F5AA6",
    "#7A4D00",
    "#1F4C31",
    "#5E2A57",
    "#A3231F",
    "#00616B",
    "#6B5B00",
    "#4A4A9C",
    "#5C3B1E",
)


def export_project(reading: Reading, pilot_id: int, *, to_share: bool = False) -> bytes:
    """Return the coded project of a pilot as a .qdpx file.

    Only texts that may be used today (``to_share``: and shared with another municipality), with
    the codings that this reader may see: of a merged round the result. Raises NotFound, NotAllowed.
    """
    return exchange.write_project(project_of(reading, pilot_id, to_share=to_share))


def export_fragments(reading: Reading, pilot_id: int, *, to_share: bool = False) -> bytes:
    """Return every coded piece as one row of a .csv file. Raises NotFound or NotAllowed."""
    columns = (
        _("conversation"),
        _("from"),
        _("until"),
        _("words"),
        _("code"),
        _("description"),
        _("coder"),
    )
    return exchange.write_fragments(project_of(reading, pilot_id, to_share=to_share), columns)


def export_codebook(reading: Reading, pilot_id: int) -> bytes:
    """Return the codebook as a .qdc file. Raises NotFound, NotAllowed or NothingToExport."""
    return exchange.write_codebook(_codes(reading, _pilot(reading, pilot_id)))


def project_of(
    reading: Reading, pilot_id: int, *, to_share: bool = False
) -> exchange.ExportProject:
    """Return what leaves as plain rows. Six queries, however many codings."""
    on = day_of(reading.at)
    pilot = _pilot(reading, pilot_id)
    texts = Transcript.objects.visible_to(reading.actor, on=on).filter(
        interview__pilot=pilot, checked_at__isnull=False
    )
    texts = texts.filter(interview__share=True) if to_share else texts
    rows = list(texts.select_related("folder", "interview").order_by("interview__number"))
    visible = Coding.objects.visible_to(reading.actor, on=on).filter(transcript__in=rows)
    codings = list(visible.exclude(stands=False).defer("memo").order_by("start", "id"))
    refs = code_refs(pilot.pk)
    coders = {coder: place for place, coder in enumerate(sorted({c.coder for c in codings}), 1)}
    by_text: dict[int, list[Coding]] = defaultdict(list)
    for coding in codings:
        by_text[coding.transcript_id].append(coding)
    words = reading.texts(rows, "text", deed=Deed.EXPORTED)
    return exchange.ExportProject(
        name=pilot.called,
        users=tuple(
            exchange.ExportUser(coder, f"{CODER} {place}") for coder, place in coders.items()
        ),
        codes=_codes(reading, pilot),
        sources=tuple(
            _source(row, text, by_text[row.pk], refs) for row, text in zip(rows, words, strict=True)
        ),
    )


def _pilot(reading: Reading, pilot_id: int) -> Pilot:
    inside = Pilot.objects.worked_on_by(reading.actor, on=day_of(reading.at))
    pilot = inside.select_related("folder").one(pilot_id)
    require(reading.actor, Permission.VOICE_EXPORT, within=pilot.ref)
    reading.saw(pilot.folder, pilot.ref, deed=Deed.EXPORTED)
    return pilot


def _codes(reading: Reading, pilot: Pilot) -> tuple[exchange.ExportCode, ...]:
    visible = Code.objects.visible_to(reading.actor, on=day_of(reading.at)).filter(pilot=pilot)
    rows = visible.in_use().select_related("parent").order_by("number")
    return tuple(
        exchange.ExportCode(
            row.ref,
            row.name,
            row.parent.ref if row.parent else None,
            COLOURS[(row.number - 1) % len(COLOURS)],
            row.description,
        )
        for row in rows
    )


def _source(
    row: Transcript, text: str, codings: Sequence[Coding], refs: Mapping[int, UUID]
) -> exchange.ExportSource:
    """Return one text; codings of one coder on one stretch share a selection."""
    places: dict[tuple[int, int, UUID], list[Coding]] = defaultdict(list)
    for coding in codings:
        places[coding.start, coding.end, coding.coder].append(coding)
    return exchange.ExportSource(
        guid=row.ref,
        name=f"{CONVERSATION} {row.interview.number}",
        text=text,
        selections=tuple(
            exchange.ExportSelection(
                guid=uuid5(there[0].ref, SELECTION),
                start=start,
                end=end,
                coder=coder,
                codings=tuple(
                    exchange.ExportCoding(c.ref, refs[c.code_id], coder, _moment(c.made_at))
                    for c in there
                ),
                made_at=_moment(min(c.made_at for c in there)),
            )
            for (start, end, coder), there in places.items()
        ),
        made_at=_moment(row.imported_at),
    )


def _moment(at: datetime) -> datetime:
    """Return a moment in whole seconds: as the file says it."""
    return at.replace(microsecond=0)
