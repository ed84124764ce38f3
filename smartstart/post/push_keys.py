"""The key by which a browser's service knows this house (VAPID, RFC 8292). The private half: jobs.

Pages read the public half from its file and never import this module (an import contract says so).
Another key ends every notice that was switched on: browsers are bound to the one they were given.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

from smartstart.base.disk import make_once
from smartstart.post.push_public import PUBLIC_FILE

KEY_FILE: Final = "push.key"
TOKEN_LIVES: Final = timedelta(hours=1)
HALF: Final = 32  # bytes of each number in a signature


def push_key() -> ec.EllipticCurvePrivateKey:
    """Return the house's key; made once, readable by the server's user only."""
    home = Path(settings.SIGNING_DIR)
    if not (home / KEY_FILE).exists():
        made = ec.generate_private_key(ec.SECP256R1())
        pem = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        make_once(home / KEY_FILE, pem)
    key = load_pem_private_key((home / KEY_FILE).read_bytes(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{KEY_FILE} holds another kind of key")
    if not (home / PUBLIC_FILE).exists():
        make_once(home / PUBLIC_FILE, public_half(key).encode())
    return key


def public_half(key: ec.EllipticCurvePrivateKey) -> str:
    """Return the public key as a browser wants it: an uncompressed point, in base64url."""
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return _base64(point)


def authorization(key: ec.EllipticCurvePrivateKey, origin: str, *, at: datetime) -> str:
    """Return the header by which the service at this origin knows us for an hour.

    It says where we can be written to, the sender of our mail; nothing of who is told.
    """
    claims = {
        "aud": origin,
        "exp": int((at + TOKEN_LIVES).timestamp()),
        "sub": f"mailto:{settings.MAIL_FROM}",
    }
    parts = ({"typ": "JWT", "alg": "ES256"}, claims)
    said = ".".join(_base64(json.dumps(one).encode()) for one in parts)
    r, s = decode_dss_signature(key.sign(said.encode(), ec.ECDSA(SHA256())))
    signature = _base64(r.to_bytes(HALF, "big") + s.to_bytes(HALF, "big"))
    return f"vapid t={said}.{signature}, k={public_half(key)}"


def _base64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
