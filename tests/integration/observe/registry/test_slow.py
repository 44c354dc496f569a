"""Registries that take too long or send too much: a look ends at its deadline, and so do its threads."""

from __future__ import annotations

import socket

import pytest

from labcheck.query import Catalog, Ping, StoredAt
from labcheck.snapshot import Found, Unknown
from tests.support.looks import QUERIES, REGISTRY, looks, nobody_waits, reason, reasons
from tests.support.loopback import Asked, Behaviour, Loopback, drip, dripping_body, dripping_headers, reply, silent

PATIENCE = 0.3
"""The deadline where nothing answers in time."""


def dripping_chunks(_: Asked, connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    drip(connection, b"1\r\n \r\n")


@pytest.mark.parametrize("behaviour", [silent, dripping_headers, dripping_body, dripping_chunks])
def test_whoever_takes_too_long_is_left_alone(behaviour: Behaviour) -> None:
    with Loopback(behaviour) as server:
        late = reasons([query(server.domain) for query in QUERIES], timeout=PATIENCE)
        assert late == {f"{server.domain} did not answer within {PATIENCE:g} s."}
        assert nobody_waits(), "a thread goes on waiting although the look is over"


def test_a_slow_registry_keeps_nobody_else_waiting() -> None:
    with Loopback(silent) as slow, Loopback(lambda *_: reply(200, "{}", **REGISTRY)) as quick:
        queries = [*(query(slow.domain) for query in QUERIES), Ping(quick.domain)]
        *late, answered = looks(queries, timeout=PATIENCE)
        assert all(isinstance(evidence, Unknown) for evidence in late)
        assert isinstance(answered, Found)


def endless(head: bytes, piece: bytes) -> Behaviour:
    def flood(_: Asked, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + head)
        while True:
            connection.sendall(piece)

    return flood


@pytest.mark.parametrize(
    "behaviour",
    [
        endless(b"\r\n", b" " * 65536),
        endless(b"Transfer-Encoding: chunked\r\n\r\n", b"10000\r\n" + b" " * 65536 + b"\r\n"),
        endless(b"Content-Length: 9999999999\r\n\r\n", b" " * 65536),
    ],
    ids=["until closed", "in chunks", "of a great length"],
)
def test_a_body_without_an_end_is_not_read_to_its_end(behaviour: Behaviour) -> None:
    with Loopback(behaviour) as server:
        assert reasons([Catalog(server.domain), StoredAt(f"{server.domain}/nginx")]) == {
            f"{server.domain} sent more than 1 MiB for one answer.",
            f"{server.domain} sent more than 4 MiB for one answer.",
        }


def test_headers_without_an_end_are_no_http() -> None:
    with Loopback(endless(b"", b"X: y\r\n")) as server:
        assert reason(Catalog(server.domain)) == f"What answers at {server.domain} does not speak HTTP."
