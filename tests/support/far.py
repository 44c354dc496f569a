"""A registry far away that speaks HTTPS: the way there ends in a proxy on loopback."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from tests.support.loopback import Loopback, tunnel

FAR = "192.0.2.1:5000"
"""Nobody's address (RFC 5737)."""


def showing(monkeypatch: pytest.MonkeyPatch, certificate: Path, answer: bytes) -> Loopback:
    """A server at any name, which shows this certificate (its key is in the same file) and always answers this."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = Loopback(tunnel(context, answer))
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, f"http://{server.domain}")
    monkeypatch.setenv("no_proxy", "")
    return server
