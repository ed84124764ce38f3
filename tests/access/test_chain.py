"""The tree against RFC 6962 section 2.1 as it is written there: recursive, by halves."""

from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartstart.access import chain

HASHES = st.lists(st.binary(min_size=32, max_size=32), max_size=70)


def largest_power_below(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(leaves: list[bytes]) -> bytes:
    """MTH(D[n]) of the RFC, over leaf hashes."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = largest_power_below(len(leaves))
    return sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def audit_path(m: int, leaves: list[bytes]) -> list[tuple[str, bytes]]:
    """PATH(m, D[n]) of the RFC."""
    if len(leaves) <= 1:
        return []
    k = largest_power_below(len(leaves))
    if m < k:
        return [*audit_path(m, leaves[:k]), ("right", mth(leaves[k:]))]
    return [*audit_path(m - k, leaves[k:]), ("left", mth(leaves[:k]))]


@given(HASHES)
def test_the_root_is_that_of_the_rfc(leaves: list[bytes]) -> None:
    assert chain.root(leaves) == mth(leaves)


@given(HASHES.filter(bool), st.data())
def test_the_path_is_that_of_the_rfc_and_leads_to_the_root(
    leaves: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))

    path = chain.path(leaves, index)

    assert path == audit_path(index, leaves)
    assert chain.climb(leaves[index], path) == chain.root(leaves)


@pytest.mark.parametrize("size", range(1, 35))
def test_no_path_leads_another_leaf_to_the_root(size: int) -> None:
    leaves = [sha256(bytes([i])).digest() for i in range(size)]
    for index in range(size):
        path = chain.path(leaves, index)
        lead = [i for i in range(size) if chain.climb(leaves[i], path) == chain.root(leaves)]
        assert lead == [index]


def test_the_chain_depends_on_folder_order_and_every_byte() -> None:
    here, there = UUID(int=1), UUID(int=2)
    a, b = b'{"a":1}', b'{"b":1}'

    ends = {
        chain.next_hash(chain.next_hash(chain.beginning(folder), first), second)
        for folder in (here, there)
        for first, second in [(a, b), (b, a), (a, a), (a, b"")]
    }

    assert len(ends) == 8
    expected = sha256(chain.beginning(here) + sha256(a).digest()).digest()
    assert chain.next_hash(chain.beginning(here), a) == expected


def test_a_leaf_says_folder_number_and_head() -> None:
    head = bytes(32)
    leaves = {
        chain.head_leaf(UUID(int=1), 1, head),
        chain.head_leaf(UUID(int=2), 1, head),
        chain.head_leaf(UUID(int=1), 2, head),
        chain.head_leaf(UUID(int=1), 1, bytes([1]) + bytes(31)),
    }

    assert len(leaves) == 4
