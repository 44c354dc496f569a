"""Connections that break, strangers, registries in trouble, TLS: what was seen, and why nothing was, in plain words."""

from __future__ import annotations

import socket
import ssl
import struct
import subprocess
import sys
import time
from typing import Any

import pytest

from labcheck.observe import Observer
from labcheck.query import Catalog, Ping, Pong, StoredAt, Subject
from labcheck.snapshot import Absent, Found, Unknown
from tests.support.looks import CONTENT, QUERIES, REGISTRY, look, looks, reasons
from tests.support.loopback import Asked, Behaviour, Loopback, reply
from tests.support.places import VECTORS

PEM = VECTORS / "loopback.pem"
BROKE = "{} closed the connection without answering."
TOO_MANY = "{} asks us to slow down: too many requests"
TROUBLE = "{} has a problem of its own: it answers with an error (%d)."


def reset(_: Asked, connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def hung_up(_: Asked, __: socket.socket) -> None:
    return


def test_a_connection_that_breaks_is_tried_again_for_a_second() -> None:
    with Loopback(reset) as one, Loopback(hung_up) as other:
        began = time.monotonic()
        seen = reasons([query(server.domain) for query in QUERIES for server in (one, other)])
        assert time.monotonic() - began > 0.7
        assert seen == {BROKE.format(one.domain), BROKE.format(other.domain)}
        assert len(one.asked) == len(other.asked) == 5 * len(QUERIES)


@pytest.mark.parametrize("behaviour", [reset, hung_up])
def test_a_registry_that_needs_a_moment_is_waited_for(behaviour: Behaviour) -> None:
    """docker-proxy listens before the registry behind it does."""
    began = time.monotonic()

    def waking(asked: Asked, connection: socket.socket) -> bytes | None:
        if time.monotonic() - began < 0.2:
            return behaviour(asked, connection)
        return reply(200, {"repositories": ["nginx"]}, **REGISTRY)

    with Loopback(waking) as server:
        assert look(Catalog(server.domain)) == Found(("nginx",))


def test_nobody_there_is_no_registry_and_unseen_content() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        domain = f"localhost:{free.getsockname()[1]}"
        assert look(Ping(domain)) == Absent()
        assert reasons([query(domain) for query in CONTENT]) == {f"Nothing answers at {domain}."}


LOOK = """
import sys
from labcheck.observe import Observer
from labcheck.query import Catalog, Ping, Subject
with Observer(Subject(), timeout=20) as observer:
    asked = [Ping(sys.argv[1]), Catalog(sys.argv[1])]
    print(observer.observe(asked).snapshot.ask(asked[0]), "ssl" in sys.modules)
"""


def test_where_nobody_listens_at_a_port_https_is_not_loaded_to_find_nobody_again() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        command = [sys.executable, "-c", LOOK, f"localhost:{free.getsockname()[1]}"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=240)
    assert done.stdout.split() == ["Absent()", "False"]


@pytest.mark.parametrize(
    "begun",
    [
        reply(200, {"repositories": []}).replace(b"Content-Length: ", b"Content-Length: 9"),
        b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"rep\r\n',
        b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n{"rep',
    ],
    ids=["in its length", "between chunks", "in a chunk"],
)
def test_an_answer_that_breaks_off_is_no_answer(begun: bytes) -> None:
    def cut(_: Asked, connection: socket.socket) -> None:
        connection.sendall(begun)

    with Loopback(cut) as server:
        broken = f"{server.domain} closed the connection in the middle of its answer."
        assert reasons([query(server.domain) for query in QUERIES]) == {broken}


@pytest.mark.parametrize(
    ("answer", "pong"),
    [
        (reply(403, b"", Server="AirTunes/775.3.1"), Pong(is_registry=False, status=403, server="AirTunes/775.3.1")),
        (reply(200, "<h1>Welcome to nginx!</h1>", Server="nginx"), Pong(is_registry=False, status=200, server="nginx")),
        (reply(404, "404 page not found"), Pong(is_registry=False, status=404, server="")),
        (reply(404, "", **REGISTRY), Pong(is_registry=True, status=404, server="")),
        (reply(401, {"errors": [{"code": "UNAUTHORIZED"}]}), Pong(is_registry=True, status=401, server="")),
        (
            reply(401, "no", WWW_Authenticate="basic realm=zot", **REGISTRY),
            Pong(is_registry=True, status=401, server=""),
        ),
        (reply(200, "", **REGISTRY), Pong(is_registry=True, status=200, server="")),
        (b"SSH-2.0-OpenSSH_9.2p1\r\n", Pong(is_registry=False, status=0, server="")),
    ],
)
def test_a_registry_is_recognised_by_what_it_says_not_by_a_status(answer: bytes, pong: Pong) -> None:
    with Loopback(lambda *_: answer) as server:
        assert look(Ping(server.domain)) == Found(pong)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (reply(429, "", Retry_After="30"), TOO_MANY + ", and to come back in 30 seconds."),
        (
            reply(429, {"errors": [{"code": "TOOMANYREQUESTS"}]}, Retry_After="Mon, 23 Nov 2026 20:00:00 GMT"),
            TOO_MANY + ".",
        ),
        (reply(429, "", Retry_After="1"), TOO_MANY + ", and to come back in 1 second."),
        (reply(429, "", Retry_After="0"), TOO_MANY + "."),
        (reply(429, "", Retry_After="-5"), TOO_MANY + "."),
        (reply(429, "", Retry_After="9" * 30), TOO_MANY + "."),
        (reply(500, {"errors": [{"code": "UNKNOWN", "detail": "x"}]}, **REGISTRY), TROUBLE % 500),
        (reply(502, "Bad Gateway"), TROUBLE % 502),
        (reply(503), TROUBLE % 503),
    ],
)
def test_a_server_in_trouble_proves_nothing(answer: bytes, expected: str) -> None:
    with Loopback(lambda *_: answer) as server:
        assert reasons([query(server.domain) for query in QUERIES]) == {expected.format(server.domain)}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (reply(401, "", WWW_Authenticate='Basic realm="x"'), "{} asks for a password."),
        (reply(401, "", WWW_Authenticate="Bearer realm=http://auth.test/token"), "{} asks for a password."),
        (reply(403, {"errors": [{"code": "DENIED"}]}), "{} does not let us look (HTTP status 403)."),
        (reply(403, b"", Server="AirTunes/775.3.1"), "{} does not answer as a registry does (HTTP status 403)."),
        (reply(200, "<h1>Welcome</h1>"), "{} does not answer as a registry does (HTTP status 200)."),
        (reply(404, "404 page not found"), "{} does not answer as a registry does (HTTP status 404)."),
        (reply(200, "[" * 100_000), "{} does not answer as a registry does (HTTP status 200)."),
        (reply(200, "[]", **REGISTRY), "{} gave an answer that labcheck does not understand (HTTP status 200)."),
        (b"SSH-2.0-OpenSSH_9.2p1\r\n", "What answers at {} does not speak HTTP."),
    ],
)
def test_what_is_no_answer_is_unknown_and_says_why(answer: bytes, expected: str) -> None:
    with Loopback(lambda *_: answer) as server:
        assert reasons([query(server.domain) for query in CONTENT[:2]]) == {expected.format(server.domain)}


@pytest.mark.parametrize("code", ["BLOB_UNKNOWN", "UNSUPPORTED", "NOT_FOUND"])
def test_only_the_code_for_the_thing_asked_means_absent(code: str) -> None:
    with Loopback(lambda *_: reply(404, {"errors": [{"code": code}]})) as server:
        assert all(isinstance(seen, Unknown) for seen in looks([query(server.domain) for query in CONTENT]))


@pytest.mark.parametrize("domain", ["", "localhost:0x1", "a..b", "localhost:99999", "[::1", "x" * 300])
def test_what_is_no_address_is_unknown(domain: str) -> None:
    assert all(" usable address" in reason for reason in reasons([Ping(domain), Catalog(domain)]))
    assert isinstance(look(StoredAt(f"{domain}/nginx")), Unknown)


def test_localhost_is_a_name_for_loopback() -> None:
    with Loopback(lambda *_: reply(200, "{}", **REGISTRY)) as server:
        domain = server.domain.replace("127.0.0.1", "localhost")
        assert isinstance(look(Ping(domain)), Found)
        assert server.asked[0].headers["host"] == domain


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
@pytest.mark.parametrize("first", [socket.AF_INET6, socket.AF_INET], ids=["IPv6 first", "IPv4 first"])
def test_localhost_is_tried_by_both_its_addresses(
    monkeypatch: pytest.MonkeyPatch, host: str, first: socket.AddressFamily
) -> None:
    """Which of them comes first is the machine's choice, and the registry may listen at either."""

    def resolved(name: str, port: object, *more: object, **named: object) -> list[Any]:
        addresses = ("::1", "127.0.0.1") if name in ("localhost", b"localhost") else (name,)
        found = [entry for address in addresses for entry in real(address, port, *more, **named)]
        return sorted(found, key=lambda entry: entry[0] != first)

    real: Any = socket.getaddrinfo
    with Loopback(lambda *_: reply(200, {"repositories": ["a"]}, **REGISTRY), host=host) as server:
        domain = "localhost:" + server.domain.rpartition(":")[2]
        expected = [Found(Pong(is_registry=True, status=200, server="")), Found(("a",))]
        assert looks([Ping(server.domain), Catalog(server.domain)]) == expected
        monkeypatch.setattr(socket, "getaddrinfo", resolved)
        assert looks([Ping(domain), Catalog(domain)]) == expected
    assert look(Ping(domain)) == Absent()


@pytest.fixture
def tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    return context


def test_on_loopback_no_certificate_is_asked_for(tls: ssl.SSLContext) -> None:
    with Loopback(lambda *_: reply(200, {"repositories": ["a"]}, **REGISTRY), tls=tls) as server:
        pong, catalog = looks([Ping(server.domain), Catalog(server.domain)])
        assert pong == Found(Pong(is_registry=True, status=200, server=""))
        assert catalog == Found(("a",))


class Either(Loopback):
    """One port with TLS and, for whoever comes without, a hint."""

    def __init__(self, tls: ssl.SSLContext, hint: str) -> None:
        self._has_tls, self._hint = tls, hint
        super().__init__(lambda *_: None)

    def _serve(self, connection: socket.socket) -> None:
        is_tls = connection.recv(1, socket.MSG_PEEK) == b"\x16"
        self._tls = self._has_tls if is_tls else None
        self._behaviour = lambda *_: reply(200, "{}", **REGISTRY) if is_tls else reply(400, self._hint)
        super()._serve(connection)


@pytest.mark.parametrize(
    "hint",
    [
        "Client sent an HTTP request to an HTTPS server.\n",
        "<center>The plain HTTP request was sent to HTTPS port</center>",
    ],
    ids=["Go", "nginx"],
)
def test_a_server_that_asks_for_tls_gets_it(tls: ssl.SSLContext, hint: str) -> None:
    with Either(tls, hint) as server:
        assert look(Ping(server.domain)) == Found(Pong(is_registry=True, status=200, server=""))


def test_a_registry_that_changes_from_tls_to_none_is_found_again(tls: ssl.SSLContext) -> None:
    with Observer(Subject(), timeout=5) as observer:
        with Either(tls, "Client sent an HTTP request to an HTTPS server.") as server:
            ping = Ping(server.domain)
            assert isinstance(observer.observe([ping]).snapshot.ask(ping), Found)
        with Loopback(lambda *_: reply(200, "{}", **REGISTRY), port=int(server.domain.partition(":")[2])):
            assert isinstance(observer.observe([ping]).snapshot.ask(ping), Found)
