"""The arithmetic of the ledger: chain, tree and path. Pure; a stranger can write it again.

A line is canonical JSON. Its digest is sha256(bytes); the chain is
hash(n) = sha256(hash(n-1) + digest(n)), beginning at a value made from the folder's reference.
Chaining digests instead of bytes lets a receipt prove a line up to the head without
showing the lines between. Tree: RFC 6962 section 2.1 (leaf 0x00, node 0x01).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from uuid import UUID

HASH_BYTES = 32


def beginning(folder: UUID) -> bytes:
    """Return the hash that stands before line 1 of this folder."""
    return sha256(b"smartstart chain 1" + folder.bytes).digest()


def next_hash(before: bytes, body: bytes) -> bytes:
    """Return the hash of a line whose canonical bytes are ``body``."""
    return sha256(before + sha256(body).digest()).digest()


def head_leaf(folder: UUID, number: int, head: bytes) -> bytes:
    """Return the tree's leaf hash for a folder whose chain is ``number`` lines long."""
    return sha256(b"\x00" + folder.bytes + number.to_bytes(8, "big") + head).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the Merkle root over leaf hashes; sha256 of nothing when there are none."""
    if not leaves:
        return sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        paired = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(paired) * 2 :]
    return level[0]


def path(leaves: Sequence[bytes], index: int) -> list[tuple[str, bytes]]:
    """Return the audit path of leaf ``index``: (side, hash) of each sibling, from the leaf up."""
    steps: list[tuple[str, bytes]] = []
    level, at = list(leaves), index
    while len(level) > 1:
        beside = at ^ 1
        if beside < len(level):
            steps.append(("left" if beside < at else "right", level[beside]))
        paired = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(paired) * 2 :]
        at //= 2
    return steps


def climb(leaf: bytes, steps: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the root that a leaf and its audit path lead to."""
    here = leaf
    for side, beside in steps:
        here = _node(beside, here) if side == "left" else _node(here, beside)
    return here


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()
