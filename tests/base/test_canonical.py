import json
import unicodedata
from enum import IntEnum, StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartstart.base.canonical import Plain, canonical

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abcé", max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


def nfc(value: Plain) -> object:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {nfc(key): nfc(item) for key, item in value.items()}
    if isinstance(value, list):
        return [nfc(item) for item in value]
    return value


@given(PLAIN)
def test_it_is_json_that_says_the_same(value: Plain) -> None:
    assert json.loads(canonical(value)) == nfc(value)


@given(st.dictionaries(st.text("abcdef", max_size=3), st.integers(), max_size=8), st.randoms())
def test_the_order_of_keys_makes_no_difference(value: dict[str, int], dice: object) -> None:
    shuffled = list(value.items())
    dice.shuffle(shuffled)  # type: ignore[attr-defined]

    assert canonical(dict(shuffled)) == canonical(value)


def test_one_way_of_writing() -> None:
    assert canonical({"b": [1, None, True], "a": "cafe\u0301 ü"}) == (
        '{"a":"café ü","b":[1,null,true]}'.encode()
    )


class Colour(StrEnum):
    RED = "red"


class Size(IntEnum):
    BIG = 3


def test_enumerations_are_their_values() -> None:
    assert canonical({"c": Colour.RED, "s": Size.BIG}) == b'{"c":"red","s":3}'


@pytest.mark.parametrize(
    "value", [1.5, {1: "one"}, b"bytes", memoryview(b"ab"), object(), [float("nan")], {"a": {2}}]
)
def test_what_two_machines_may_print_differently_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)  # type: ignore[arg-type]


def test_two_keys_that_become_one_are_refused() -> None:
    with pytest.raises(ValueError, match="become one"):
        canonical({"caf\u00e9": 1, "cafe\u0301": 2})


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        canonical("\ud800")
