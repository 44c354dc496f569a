"""HTTP as a look needs it: every answer is bounded in size, and nothing outlives the look.

The connections of one look are closed with it, also under a thread that still waits for one more byte. That is what
bounds a server that sends a byte a second: a socket's own time-out begins anew with each byte. No connection is kept
for the next look, because the registry at the other end may be another one by then.

It follows redirects, and it refuses to send a password anywhere: it has none. A token is shown to the server it was
asked for, and to no other one that a redirect leads to.
"""

from __future__ import annotations

import contextlib
import errno
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from threading import Lock
from types import TracebackType
from typing import Final, TypeAlias
from urllib.parse import SplitResult, urljoin, urlsplit

import msgspec

from labcheck.observe.deadline import Deadline
from labcheck.observe.exchange import Connection, Reading, question
from labcheck.observe.headers import Headers, Malformed
from labcheck.observe.trouble import Broken, BrokenOff, CannotLook, NobodyThere, Stranger

MEBIBYTE: Final = 1024 * 1024
MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
DEFAULT_PORTS = {"http": 80, "https": 443}
NO_IPV6 = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.ENETUNREACH})
"""What the second address of localhost says where IPv6 is off and the first one was refused."""

BROKE: Final = (Broken, "{who} broke the connection off without an answer.")
UNREACHABLE: Final = (CannotLook, "{who} cannot be reached: {why}.")
Troubles: TypeAlias = tuple[tuple[type[Exception], tuple[type[CannotLook], str]], ...]
TROUBLES: Final[Troubles] = (
    (ConnectionRefusedError, (NobodyThere, "Nothing answers at {who}.")),
    (socket.gaierror, (CannotLook, "No machine is known by the name of {who}.")),
    (ConnectionError, BROKE),
    (ValueError, (CannotLook, "{who} has no address that can be asked.")),
    (Malformed, (Stranger, "What answers at {who} does not speak HTTP.")),
)
"""What went wrong, and how it is said; the first that fits."""


class Reply(msgspec.Struct, frozen=True):
    """What a server answered, whole."""

    url: str
    status: int
    headers: Headers
    body: bytes

    def header(self, name: str) -> str:
        """The header's value, or the empty string."""
        return self.headers.get(name)


def is_loopback(host: str) -> bool:
    """Whether the name means this very machine, by its name or by the address it resolves to, as Docker decides it."""
    if is_local(host) or not host:
        return bool(host)
    try:
        addresses = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return False
    return bool(addresses) and all(map(is_local, addresses))


def is_local(host: str) -> bool:
    """Whether this is localhost, or an address of this very machine's own; nobody is asked."""
    if host == "localhost":
        return True
    from ipaddress import ip_address  # noqa: PLC0415 - slow to import, and localhost is what most registries are called

    try:
        return ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


class Requests(AbstractContextManager["Requests"]):
    """The HTTP requests of one look; safe to share between its threads."""

    def __init__(self, deadline: Deadline) -> None:
        self.deadline = deadline
        self._lock = Lock()
        self._idle: dict[tuple[str, str], list[Connection]] = {}
        self._sockets: list[socket.socket] = []

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection, also those a thread still waits on."""
        with self._lock:
            for opened in self._sockets:
                with contextlib.suppress(OSError):
                    opened.shutdown(socket.SHUT_RDWR)
            for connections in self._idle.values():
                for connection in connections:
                    connection.close()
            self._idle.clear()

    def send(self, method: str, url: str, *, accept: str = "*/*", limit: int = MEBIBYTE, token: str = "") -> Reply:
        """Ask, and follow redirects. An answer longer than ``limit`` bytes is refused."""
        headers = {"Accept": accept, "User-Agent": "labcheck"}
        bearer, origin = {"Authorization": f"Bearer {token}"} if token else {}, _origin(url)
        for _ in range(MOST_REDIRECTS + 1):
            reply = self._exchange(method, url, headers | bearer if _origin(url) == origin else headers, limit)
            target = reply.header("Location")
            if reply.status not in REDIRECTS or not target:
                return reply
            url = joined(url, target)
        raise CannotLook(f"{who(split(url))} sends us in circles, from one address to the next.")

    def _exchange(self, method: str, url: str, headers: dict[str, str], limit: int) -> Reply:
        parts = split(url)
        host = who(parts)
        self.deadline.check(host)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection = self._kept(parts) or self._connected(parts, host)
        try:
            with trouble(host, self.deadline, _troubles(parts)):
                connection.ask(question(method, target, {"Host": host, **headers}), self.deadline.wait)
                reading = connection.answer(self.deadline.wait, is_head=method == "HEAD")
            body = self._body(reading, host, limit)
        except BaseException:
            connection.close()
            raise
        if reading.is_reusable:
            with self._lock:
                self._idle.setdefault((parts.scheme, parts.netloc), []).append(connection)
        else:
            connection.close()
        return Reply(url, reading.status, reading.headers, body)

    def _body(self, reading: Reading, host: str, limit: int) -> bytes:
        body = bytearray()
        try:
            while piece := reading.read1():
                body += piece
                if len(body) > limit:
                    raise CannotLook(f"{host} sent more than {limit // MEBIBYTE} MiB for one answer.")
        except TimeoutError:
            raise CannotLook(self.deadline.reason(host)) from None
        except (OSError, ValueError, Malformed):
            raise BrokenOff(f"{host} broke off in the middle of its answer.") from None
        return bytes(body)

    def _kept(self, parts: SplitResult) -> Connection | None:
        with self._lock:
            idle = self._idle.get((parts.scheme, parts.netloc))
            return idle.pop() if idle else None

    def _connected(self, parts: SplitResult, host: str) -> Connection:
        name, port = parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]
        with trouble(host, self.deadline, _troubles(parts)):
            if parts.scheme == "http":
                opened = socket.create_connection((name, port), self.deadline.wait())
            else:
                from labcheck.observe import tls  # noqa: PLC0415 - slow to import, and a lab's registry needs none

                opened = tls.connected(name, port, host, self.deadline)
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self._lock:
            self._sockets.append(opened)
        return Connection(opened)


def _troubles(parts: SplitResult) -> Troubles:
    if parts.scheme == "http":
        return TROUBLES
    from labcheck.observe import tls  # noqa: PLC0415 - as above

    return (*tls.TROUBLES, *TROUBLES)


def joined(url: str, target: str) -> str:
    """The address that a reply points to, which may be relative to its own."""
    try:
        return urljoin(url, target)
    except ValueError:
        raise CannotLook(f"{_shown(target)} is no address that can be asked.") from None


@lru_cache(256)
def split(url: str) -> SplitResult:
    """The parts of an address over which HTTP can be spoken."""
    try:
        parts = urlsplit(url)
        is_one = parts.port != 0 and parts.scheme in DEFAULT_PORTS and bool(parts.hostname)
    except ValueError:
        is_one = False
    if not is_one:
        raise CannotLook(f"{_shown(url)} is no address that can be asked.")
    return parts


@lru_cache(256)
def _origin(url: str) -> tuple[str, str, int]:
    """Whom an address belongs to."""
    parts = split(url)
    return parts.scheme, parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]


def who(parts: SplitResult) -> str:
    """The host and the port, as they were written."""
    return parts.netloc.rpartition("@")[2]


def _shown(url: str) -> str:
    """The address without what may be secret in it, and not too long to be read."""
    scheme, slashes, rest = url.partition("?")[0].rpartition("//")
    host, slash, path = rest.partition("/")
    return (scheme + slashes + host.rpartition("@")[2] + slash + path)[:100]


@contextmanager
def trouble(host: str, deadline: Deadline, troubles: Troubles = TROUBLES) -> Iterator[None]:
    """Says in a learner's words what went wrong before there was an answer."""
    try:
        yield
    except TimeoutError:
        raise CannotLook(deadline.reason(host)) from None
    except (OSError, ValueError, Malformed) as error:
        if isinstance(error, OSError) and error.errno in NO_IPV6 and is_loopback(host.rpartition(":")[0]):
            raise NobodyThere(f"Nothing answers at {host}.") from None
        kind, sentence = next((found for kind, found in troubles if isinstance(error, kind)), UNREACHABLE)
        why: object = getattr(error, "strerror", None) or error
        raise kind(sentence.format(who=host, why=str(why).rstrip("."))) from None
