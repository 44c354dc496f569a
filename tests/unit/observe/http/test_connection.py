"""HTTP as we read it ourselves, in whatever pieces it comes.

What is said properly is read as the standard library reads it, the rest is refused.
"""

from __future__ import annotations

import http.client
import io
import socket
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labcheck.observe.http.connection import Connection, Reading, question
from labcheck.observe.http.headers import Headers, Malformed

PATIENCE = 5.0
NAMES = st.sampled_from(["Server", "x-a", "ETag", "Docker-Content-Digest", "WWW-Authenticate", "Connection", "Link"])
VALUES = st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=20).map(str.strip)
FIELDS = st.lists(st.tuples(NAMES, st.one_of(st.sampled_from(["close", "keep-alive", "a, Close"]), VALUES)), max_size=6)
BODIES = st.binary(max_size=300)


class Told:
    """A socket over which this comes, in these pieces, and then the end."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._pieces = list(pieces)

    def settimeout(self, seconds: float) -> None:
        """It never waits."""

    def recv(self, most: int) -> bytes:
        """The next piece."""
        while self._pieces and not self._pieces[0]:
            self._pieces.pop(0)
        if not self._pieces:
            return b""
        piece, self._pieces[0] = self._pieces[0][:most], self._pieces[0][most:]
        return piece

    def makefile(self, *_: object) -> io.BytesIO:
        """The same, as the standard library reads it."""
        return io.BytesIO(b"".join(self._pieces))


def answer(*pieces: bytes, method: str = "GET") -> Reading:
    told: socket.socket = Told(pieces)  # type: ignore[assignment] # as much of a socket as is used
    return Connection(told).answer(lambda: PATIENCE, is_head=method == "HEAD")


def whole(reading: Reading) -> bytes:
    return b"".join(iter(lambda: reading.read1(7), b""))


def said(version: str, status: int, fields: list[tuple[str, str]], body: bytes, chunk: int | None) -> bytes:
    """An answer: with a length, or in chunks of this size."""
    if chunk is None:
        fields = [*fields, ("Content-Length", str(len(body)))]
    else:
        fields = [*fields, ("Transfer-Encoding", "Chunked")]
        cut = [body[at : at + chunk] for at in range(0, len(body), chunk)]
        body = b"".join(b"%x;a=b\r\n%s\r\n" % (len(piece), piece) for piece in cut) + b"0\r\nTrailer: 1\r\n\r\n"
    lines = [f"HTTP/{version} {status} Said so", *(f"{name}: {value}" for name, value in fields)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


@given(
    st.sampled_from(["1.0", "1.1"]),
    st.sampled_from([200, 204, 304, 401, 404, 500]),
    FIELDS,
    BODIES,
    st.one_of(st.none(), st.integers(1, 90)),
    st.sampled_from(["GET", "HEAD"]),
    st.lists(st.integers(1, 40), max_size=20),
)
def test_what_is_said_properly_is_read_as_the_standard_library_reads_it(  # noqa: PLR0913, PLR0917 - all that it is made of
    version: str,
    status: int,
    fields: list[tuple[str, str]],
    body: bytes,
    chunk: int | None,
    method: str,
    cuts: list[int],
) -> None:
    if method == "HEAD" or status in {204, 304}:
        body, chunk = b"", None
    written = said(version, status, fields, body, chunk)
    pieces, rest = [], written
    for cut in cuts:
        pieces.append(rest[:cut])
        rest = rest[cut:]
    ours = answer(*pieces, rest, method=method)
    theirs = http.client.HTTPResponse(Told([written]), method=method)  # type: ignore[arg-type] # as above
    theirs.begin()
    assert (ours.status, whole(ours)) == (theirs.status, theirs.read())
    for name in {name for name, _ in fields}:
        assert ours.headers.get_all(name) == [value.strip() for value in theirs.headers.get_all(name, [])]
        assert ours.headers.get(name.upper()) == theirs.headers[name].strip()
    if [name for name, _ in fields].count("Connection") < 2:  # of two, the standard library reads one
        assert ours.is_reusable is not theirs.will_close


@given(st.binary(max_size=200))
def test_nothing_else_than_an_error_comes_of_noise(noise: bytes) -> None:
    for written in (
        noise,
        b"HTTP/1.1 200 OK\r\n" + noise,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + noise,
    ):
        try:
            whole(answer(written))
        except (Malformed, ConnectionError):
            continue


@pytest.mark.parametrize(
    "head",
    [
        b"SSH-2.0-OpenSSH_9.2p1",
        b"\x15\x03\x01\x00\x02\x02",
        b"HTTP/2 200",
        b"HTTP/1.1 20",
        b"HTTP/1.1 099 OK",
        b"HTTP/1.1 2000 OK",
        b"HTTP/1.1 +20 OK",
        b"HTTP/1.1  200 OK",
        b"HTTP/1.1 200 OK\nServer: x\n\n",
        b"HTTP/1.1 200 OK\r\nServer : x",
        b"HTTP/1.1 200 OK\r\n: x",
        b"HTTP/1.1 200 OK\r\nServer",
        b"HTTP/1.1 200 OK\r\nServer: x\r\n folded",
        b"HTTP/1.1 200 OK\r\nServer: x\ny: z",
        b"HTTP/1.1 200 OK\r\nServer: x\0",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1",
        b"HTTP/1.1 200 OK\r\nContent-Length: 0x1",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1_0",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1, 1",
        b"HTTP/1.1 200 OK\r\nContent-Length:",
        b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 400,
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        b"HTTP/1.1 200 OK" + b"\r\nX: y" * 101,
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000,
    ],
)
def test_what_two_readers_could_read_in_two_ways_is_refused(head: bytes) -> None:
    with pytest.raises(Malformed):
        answer(head + b"\r\n\r\n")


@pytest.mark.parametrize(
    ("body", "trouble"),
    [
        (b"5\r\nabc", ConnectionError),
        (b"5\r\nabcde", ConnectionError),
        (b"5\r\nabcde\r\n", ConnectionError),
        (b"0\r\n", ConnectionError),
        (b"5\r\nabcdeX\r\n0\r\n\r\n", Malformed),
        (b"5\nabcde\n0\n\n", Malformed),
        (b"-5\r\nabcde\r\n0\r\n\r\n", Malformed),
        (b"0x5\r\nabcde\r\n0\r\n\r\n", Malformed),
        (b"\r\nabcde\r\n0\r\n\r\n", Malformed),
        (b"5" * 400 + b"\r\n", Malformed),
        (b"5" * 4000, Malformed),
        (b"0\r\n" + b"X: y\r\n" * 2000, Malformed),
    ],
)
def test_a_chunk_that_is_none_is_no_body(body: bytes, trouble: type[Exception]) -> None:
    reading = answer(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
    with pytest.raises(trouble):
        whole(reading)
    assert not reading.is_reusable


def test_a_connection_is_asked_again_only_where_its_answer_was_read_to_the_end() -> None:
    kept = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab"
    reading = answer(kept)
    assert not reading.is_reusable
    assert (whole(reading), reading.is_reusable) == (b"ab", True)
    for written in (kept + b"c", kept.replace(b"1.1", b"1.0"), b"HTTP/1.1 200 OK\r\n\r\nab"):
        reading = answer(written)
        assert whole(reading)
        assert not reading.is_reusable, "somebody says what nobody asked, or closes"


def test_what_is_said_meanwhile_is_passed_over() -> None:
    reading = answer(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nX: y\r\n\r\nHTTP/1.1 200 OK\r\n\r\nab")
    assert (reading.status, whole(reading)) == (200, b"ab")


def test_an_answer_that_never_began_was_broken_off() -> None:
    for written in (b"", b"HTT", b"HTTP/1.1 200 OK\r\nServer: x"):
        with pytest.raises(ConnectionError):
            answer(written)


@pytest.mark.parametrize("target", ["/a b", "/a\r\nX: y", "/ä", "/\0", "/\x7f"])
def test_a_question_is_one_line(target: str) -> None:
    with pytest.raises(ValueError, match="cannot be asked"):
        question("GET", target, {})


def test_a_header_cannot_be_written_into_a_question() -> None:
    with pytest.raises(ValueError, match="X: y"):
        question("GET", "/", {"Host": "a\r\nX: y"})


def test_a_header_is_found_in_any_case() -> None:
    headers = Headers({"a": ["1", "2"], "b": [""]})
    assert (headers.get("A"), headers.get("B", "x"), headers.get("c", "x")) == ("1", "", "x")
    assert headers.get_all("A") == ["1", "2"]
