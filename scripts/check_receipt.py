#!/usr/bin/env python3
"""Check a receipt of the ledger, or a list of them: check_receipt.py RECEIPT PUBLIC_KEY.

Needs only `cryptography`.
"""

import json
import sys
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import load_pem_public_key


def check(receipt: dict, public_key: bytes) -> str:
    """Return what the receipt proves; raise ValueError or InvalidSignature when nothing."""
    load_pem_public_key(public_key).verify(
        bytes.fromhex(receipt["signature"]), receipt["statement"].encode()
    )
    line, checkpoint = json.loads(receipt["line"]), json.loads(receipt["statement"])
    head = bytes.fromhex(receipt["before"])
    for digest in [sha256(receipt["line"].encode()).hexdigest(), *receipt["after"]]:
        head = sha256(head + bytes.fromhex(digest)).digest()
    height = line["number"] + len(receipt["after"])
    folder = bytes.fromhex(receipt["folder"])
    here = sha256(b"\x00" + folder + height.to_bytes(8, "big") + head).digest()
    for side, beside in receipt["path"]:
        pair = [bytes.fromhex(beside), here] if side == "left" else [here, bytes.fromhex(beside)]
        here = sha256(b"\x01" + pair[0] + pair[1]).digest()
    if here.hex() != checkpoint["root"] or (line["folder"], height) != (
        receipt["folder"],
        receipt["number"],
    ):
        raise ValueError("this line does not lead to that checkpoint")
    return (
        f"genuine: line {line['number']} of folder {line['folder']}, {line['deed']}"
        f" at {line['at']}, signed in checkpoint {checkpoint['number']}"
    )


if __name__ == "__main__":
    try:
        said, key = json.loads(Path(sys.argv[1]).read_bytes()), Path(sys.argv[2]).read_bytes()
        for one in said if isinstance(said, list) else [said]:
            print(check(one, key))
    except (InvalidSignature, ValueError, KeyError, TypeError) as error:
        sys.exit(f"not genuine: {error or 'the signature is not of this key'}")
