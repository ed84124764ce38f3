from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartstart.base.sealing import HEAD_BYTES, Place, SealIsBroken, is_token, key_id, seal, unseal

KEYS = st.binary(min_size=32, max_size=32)
PLACES = st.builds(
    Place,
    table=st.text("abc_", min_size=1, max_size=8),
    column=st.text("abc_", min_size=1, max_size=8),
    row=st.uuids(),
    folder=st.uuids(),
)
KEY = bytes(range(32))
HERE = Place("voices_voice", "words", UUID(int=1), UUID(int=2))


@given(st.binary(max_size=300), KEYS, PLACES)
def test_what_is_sealed_opens_again_at_its_place(clear: bytes, key: bytes, place: Place) -> None:
    token = seal(clear, key, place)

    assert unseal(token, key, place) == clear
    assert is_token(token)
    assert len(clear) < 8 or clear not in token


@given(KEYS, PLACES, KEYS, PLACES)
def test_a_token_opens_nowhere_else(key: bytes, place: Place, other: bytes, there: Place) -> None:
    token = seal(b"alleen hier", key, place)
    for try_key, try_place in [(other, place), (key, there), (other, there)]:
        if (try_key, try_place) == (key, place):
            continue
        with pytest.raises(SealIsBroken):
            unseal(token, try_key, try_place)


@pytest.mark.parametrize(
    "there",
    [
        replace(HERE, table="voices_other"),
        replace(HERE, column="title"),
        replace(HERE, row=uuid4()),
        replace(HERE, folder=uuid4()),
        replace(HERE, table="voices_voicew", column="ords"),
        replace(HERE, table="voices_voic", column="ewords"),
        replace(HERE, row=HERE.folder, folder=HERE.row),
    ],
)
def test_a_token_moved_to_another_place_does_not_open(there: Place) -> None:
    token = seal(b"alleen hier", KEY, HERE)

    with pytest.raises(SealIsBroken):
        unseal(token, KEY, there)


@given(st.data())
def test_every_changed_bit_is_noticed(data: st.DataObject) -> None:
    token = bytearray(seal(b"geheim", KEY, HERE))
    at = data.draw(st.integers(0, len(token) * 8 - 1))
    token[at // 8] ^= 1 << at % 8

    with pytest.raises(SealIsBroken):
        unseal(bytes(token), KEY, HERE)


@given(st.binary(max_size=80))
def test_what_is_no_token_does_not_open(noise: bytes) -> None:
    with pytest.raises(SealIsBroken):
        unseal(noise, KEY, HERE)


def test_a_token_cut_short_does_not_open() -> None:
    token = seal(b"", KEY, HERE)
    for length in range(len(token)):
        with pytest.raises(SealIsBroken):
            unseal(token[:length], KEY, HERE)


def test_the_same_words_are_never_sealed_the_same() -> None:
    tokens = {seal(b"ja", KEY, HERE) for _ in range(200)}

    assert len(tokens) == 200
    assert {token[1:9] for token in tokens} == {key_id(KEY)}
    assert {len(token) for token in tokens} == {HEAD_BYTES + 2 + 16}


def test_a_place_with_too_long_a_name_is_refused_not_cut() -> None:
    with pytest.raises(ValueError, match="range"):
        replace(HERE, table="t" * 256).associated_data()
