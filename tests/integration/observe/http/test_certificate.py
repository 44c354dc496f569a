"""Registries on other machines must show a certificate that is trusted; where it is not, a learner reads why."""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Callable

import pytest

from labcheck.observe.http.certificate import ANOTHER, REASONS, UNKNOWN, untrusted
from labcheck.query import Catalog, Ping, Pong
from labcheck.snapshot import Found
from tests.support.far import FAR, showing
from tests.support.looks import CONTENT, REGISTRY, looks, reason, reasons
from tests.support.loopback import Asked, Loopback, reply
from tests.support.places import VECTORS

CATALOG = reply(200, '{"repositories": ["a"]}', **REGISTRY)


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Loopback]:
    """A registry far away that shows this certificate, on a machine that trusts that authority only."""

    def made(shown: str, trusted: str) -> Loopback:
        monkeypatch.setenv("SSL_CERT_FILE", str(VECTORS / trusted) if trusted else "")
        return showing(monkeypatch, VECTORS / shown, CATALOG)

    return made


@pytest.mark.parametrize(
    ("shown", "trusted", "why"),
    [
        ("loopback.pem", "", UNKNOWN),
        ("signed.pem", "", UNKNOWN),
        ("signed.pem", "loopback.pem", UNKNOWN),
        ("expired.pem", "authority.pem", "it has expired, or this machine's clock is fast"),
        ("loopback.pem", "loopback.pem", ANOTHER),
    ],
    ids=["signed by itself", "by an unknown authority", "by another authority", "expired", "for another name"],
)
def test_elsewhere_a_certificate_must_be_trusted(
    far: Callable[[str, str], Loopback], shown: str, trusted: str, why: str
) -> None:
    with far(shown, trusted) as server:
        expected = f"The certificate of {FAR} is not trusted: {why}."
        assert reason(Ping(FAR)) == expected
        assert (server.asked[0].method, server.asked[0].target) == ("CONNECT", FAR)
        assert len(server.asked) == 1, "that is asked once"
        assert reasons([query(FAR) for query in CONTENT]) == {expected}


def test_elsewhere_a_trusted_certificate_is_good(far: Callable[[str, str], Loopback]) -> None:
    with far("signed.pem", "authority.pem"):
        assert looks([Ping(FAR), Catalog(FAR)]) == [Found(Pong(is_registry=True, status=200, server="")), Found(("a",))]


def test_a_rare_reason_is_told_in_the_librarys_words() -> None:
    error = ssl.SSLCertVerificationError()
    for error.verify_code, error.verify_message in ((23, "certificate revoked"), (10, "certificate has expired")):
        assert untrusted(error) == REASONS.get(error.verify_code, "certificate revoked")


def test_a_handshake_that_never_ends_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where the other side says a little more every now and then."""

    def endless(_: Asked, connection: socket.socket) -> None:
        connection.sendall(reply(200))
        connection.recv(65536)  # how the handshake begins; what is said before is taken for a part of the reply
        connection.sendall(b"\x16\x03\x03\x40\x00\x02\x00\x30\x00")
        while True:
            connection.sendall(b"\x00")
            connection.settimeout(0.05)
            with contextlib.suppress(TimeoutError):
                connection.recv(65536)

    with Loopback(endless) as server:
        for name in ("HTTPS_PROXY", "https_proxy"):
            monkeypatch.setenv(name, f"http://{server.domain}")
        monkeypatch.setenv("no_proxy", "")
        assert reason(Ping(FAR), timeout=0.3) == f"{FAR} did not answer within 0.3 s."
