"""A service of a browser's maker on this machine: real TLS on a real socket, with its own paper."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

HANGS_UP = 0


@dataclass(frozen=True)
class Came:
    """One message as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """What listens; ``answer`` is what it says to the next message."""

    port: int
    paper: Path
    answer: int = 201
    came: list[Came] = field(default_factory=list)

    @property
    def place(self) -> dict[str, object]:
        """What the setting of tests wants."""
        return {"host": "localhost", "port": self.port, "trusts": self.paper}

    def endpoint(self, name: str = "browser") -> str:
        return f"https://localhost:{self.port}/send/{name}?v=2"


class _Talk(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        listens: Receiver = self.server.listens  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers["Content-Length"]))
        listens.came.append(Came(self.path, dict(self.headers), body))
        if listens.answer == HANGS_UP:
            self.close_connection = True
            return
        self.send_response(listens.answer)
        if listens.answer == 307:
            self.send_header("Location", listens.endpoint("elsewhere"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@contextmanager
def receiving(folder: Path) -> Iterator[Receiver]:
    paper, key = _paper(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Talk)
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(paper, key)
    server.socket = trust.wrap_socket(server.socket, server_side=True)
    listens = Receiver(server.server_address[1], paper)
    server.listens = listens  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield listens
    finally:
        server.shutdown()
        server.server_close()


def _paper(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    paper = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, SHA256())
    )
    files = folder / "paper.pem", folder / "key.pem"
    files[0].write_bytes(paper.public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files
