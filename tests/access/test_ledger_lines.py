"""What a line says, whoever puts it together: Python, or the store itself."""

import json
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from smartstart.access.actor import VISITOR, Actor
from smartstart.access.chain import next_hash
from smartstart.access.deeds import ACTION, MOST_REFERENCES, Deed, Entry
from smartstart.access.ledger import append
from smartstart.access.lines import draft
from smartstart.access.models import Folder, FolderKind, Line
from smartstart.access.operations import change_rules, open_folder
from smartstart.access.permissions import Role
from smartstart.access.verify import verify
from smartstart.base.canonical import canonical

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
refs = st.none() | st.uuids()
actors = st.builds(
    Actor,
    role=st.sampled_from(Role),
    account=refs,
    hat=refs,
    person=refs,
    organisation=refs,
    assurance=st.integers(0, 4),
)
# What a database or a template could take for its own: quotes, backslashes, marks, braces, NUL.
words = st.text(st.sampled_from("\"'\\%s{}$\x00\n\té e\u0301\u2028😀"), max_size=12)
entries = st.builds(
    Entry,
    deed=st.sampled_from(Deed),
    on=st.lists(st.uuids(), max_size=3).map(tuple) | st.just((uuid4(),) * 60),
    why=words,
    reason=words,
    origin=words,
    denied=st.booleans(),
)
moments = st.datetimes(
    datetime.fromisoformat("1970-01-02"),
    datetime.fromisoformat("9999-12-30"),
    timezones=st.just(UTC),
) | st.just(NOW.astimezone(timezone(timedelta(hours=5, minutes=30))))


def says(actor: Actor, entry: Entry, at: datetime, body: bytes) -> bytes:
    """The line as the norm's fields say it; what is drawn by lot comes from the line itself."""
    said = json.loads(body)

    def hex_of(ref: UUID | None) -> str | None:
        return ref.hex if ref else None

    return canonical(
        {
            "v": 1,
            "line": UUID(said["line"], version=4).hex,
            "folder": said["folder"],
            "number": said["number"],
            "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
            "deed": entry.deed.value,
            "action": ACTION.get(entry.deed, "U"),
            "outcome": 8 if entry.denied else 0,
            "account": hex_of(actor.account),
            "hat": hex_of(actor.hat),
            "person": hex_of(actor.person),
            "role": actor.role.value,
            "organisation": hex_of(actor.organisation),
            "assurance": actor.assurance,
            "purpose": entry.why or actor.role.value,
            "rules": said["rules"],
            "on": [ref.hex for ref in entry.on[:MOST_REFERENCES]],
            "count": len(entry.on),
            "reason": said["reason"],
            "origin": said["origin"],
            "source": "smartstart",
        }
    )


@pytest.mark.django_db
@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(actor=actors, picked=st.lists(st.tuples(st.integers(0, 1), entries), max_size=4), at=moments)
@example(actor=VISITOR, picked=[(0, Entry(Deed.READ, why='"\\\x00'))], at=NOW)
def test_the_store_puts_the_same_line_together(
    actor: Actor, picked: list[tuple[int, Entry]], at: datetime
) -> None:
    folders = [open_folder(FolderKind.PILOT, at=NOW) for _ in range(2)]
    change_rules([folders[1].pk])

    append(actor, [(folders[i].pk, entry) for i, entry in picked], at=at)

    for i, folder in enumerate(folders):
        wanted = [entry for at_folder, entry in picked if at_folder == i]
        lines = list(Line.objects.filter(folder=folder).order_by("number"))
        assert len(lines) == len(wanted)
        before = bytes(folder.head)
        for number, (line, entry) in enumerate(zip(lines, wanted, strict=True), start=1):
            body, said = bytes(line.body), json.loads(bytes(line.body))
            assert body == says(actor, entry, at, body)
            assert (said["folder"], said["number"], said["rules"]) == (
                folder.ref.hex,
                number,
                i + 1,
            )
            assert (said["reason"] is None, said["origin"] is None) == (
                not entry.reason,
                not entry.origin,
            )
            before = next_hash(before, body)
            assert bytes(line.hash) == before
        folder.refresh_from_db()
        assert (folder.height, bytes(folder.head)) == (len(wanted), before)
    assert verify(key=None).faults == []


def test_typed_words_need_a_folder_to_be_sealed_for() -> None:
    with pytest.raises(ValueError, match="sealed for a folder"):
        draft(VISITOR, Entry(Deed.READ, reason="omdat"), at=NOW, folder=None)


def test_a_line_that_is_no_text_is_not_written(db: None) -> None:
    folder = open_folder(FolderKind.PILOT, at=NOW)
    with pytest.raises(ValueError, match="surrogates"), transaction.atomic():
        append(VISITOR, [(folder.pk, Entry(Deed.READ, why="\ud800"))], at=NOW)

    assert not Line.objects.filter(folder=folder).exists()
    assert Folder.objects.get(pk=folder.pk).height == 0
