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
import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from email.message import Message
from ipaddress import ip_address
from threading import Lock
from types import TracebackType
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from labcheck.observe.certificate import untrusted
from labcheck.observe.deadline import Deadline
from labcheck.observe.trouble import Broken, BrokenOff, CannotLook, NobodyThere, NoTLS, Stranger

MEBIBYTE: Final = 1024 * 1024
MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
HANDSHAKE = 0.5
"""Seconds: a server without TLS may take the beginning of a handshake for half a request, and wait for the rest."""
DEFAULT_PORTS = {"http": 80, "https": 443}
NO_IPV6 = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.ENETUNREACH})
"""What the second address of localhost says where IPv6 is off and the first one was refused."""

BROKE = "{who} broke the connection off without an answer."
UNREACHABLE: Final = (CannotLook, "{who} cannot be reached: {why}.")
TROUBLES: Final[tuple[tuple[type[Exception], tuple[type[CannotLook], str]], ...]] = (
    (ConnectionRefusedError, (NobodyThere, "Nothing answers at {who}.")),
    (socket.gaierror, (CannotLook, "No machine is known by the name of {who}.")),
    (ssl.SSLCertVerificationError, (CannotLook, "The certificate of {who} is not trusted: {why}.")),
    (ssl.SSLEOFError, (Broken, BROKE)),
    (ssl.SSLError, (NoTLS, "{who} does not speak HTTPS.")),
    (ConnectionError, (Broken, BROKE)),
    (http.client.InvalidURL, (CannotLook, "{who} has no address that can be asked.")),
    (ValueError, (CannotLook, "{who} has no address that can be asked.")),
    (http.client.HTTPException, (Stranger, "What answers at {who} does not speak HTTP.")),
)
"""What went wrong, and how it is said; the first that fits."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered, whole."""

    url: str
    status: int
    headers: Message
    body: bytes

    def header(self, name: str) -> str:
        """The header's value, or the empty string."""
        return self.headers.get(name, "")


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
    try:
        return host == "localhost" or ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


class Requests(AbstractContextManager["Requests"]):
    """The HTTP requests of one look; safe to share between its threads."""

    def __init__(self, deadline: Deadline) -> None:
        self.deadline = deadline
        self._lock = Lock()
        self._idle: dict[tuple[str, str], list[http.client.HTTPConnection]] = {}
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
            with _trouble(host, self.deadline):
                connection.sock.settimeout(self.deadline.left)
                connection.request(method, target, headers=headers)
                response = connection.getresponse()
            body = self._body(response, host, limit)
        except BaseException:
            connection.close()
            raise
        if response.will_close:
            connection.close()
        else:
            with self._lock:
                self._idle.setdefault((parts.scheme, parts.netloc), []).append(connection)
        return Reply(parts.geturl(), response.status, response.headers, body)

    def _body(self, response: http.client.HTTPResponse, host: str, limit: int) -> bytes:
        broken = f"{host} broke off in the middle of its answer."
        try:
            body = response.read(limit + 1)
        except TimeoutError:
            raise CannotLook(self.deadline.reason(host)) from None
        except (OSError, ValueError, http.client.HTTPException):
            raise BrokenOff(broken) from None
        if len(body) > limit:
            raise CannotLook(f"{host} sent more than {limit // MEBIBYTE} MiB for one answer.")
        if response.length:
            raise BrokenOff(broken)
        return body

    def _kept(self, parts: SplitResult) -> http.client.HTTPConnection | None:
        with self._lock:
            idle = self._idle.get((parts.scheme, parts.netloc))
            return idle.pop() if idle else None

    def _connected(self, parts: SplitResult, host: str) -> http.client.HTTPConnection:
        with _trouble(host, self.deadline):
            connection = self._new(parts)
            try:
                connection.connect()
            except TimeoutError:
                if connection.timeout == HANDSHAKE:
                    raise NoTLS(f"{host} does not speak HTTPS.") from None
                raise
        with self._lock:
            self._sockets.append(connection.sock)
        return connection

    def _new(self, parts: SplitResult) -> http.client.HTTPConnection:
        host, port = parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]
        left = self.deadline.left
        if parts.scheme == "http":
            return http.client.HTTPConnection(host, port, timeout=left)
        if is_loopback(host):
            # Docker's own rule: on this very machine no certificate is asked for.
            return http.client.HTTPSConnection(host, port, timeout=min(left, HANDSHAKE), context=_unverified())
        from urllib.request import getproxies, proxy_bypass  # noqa: PLC0415 - slow to import, and rarely needed

        context = ssl.create_default_context()
        proxy = urlsplit(getproxies().get("https", ""))
        if not proxy.hostname or proxy_bypass(host):
            return http.client.HTTPSConnection(host, port, timeout=left, context=context)
        connection = http.client.HTTPSConnection(proxy.hostname, proxy.port or 80, timeout=left, context=context)
        connection.set_tunnel(host, port)
        return connection


def _unverified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def joined(url: str, target: str) -> str:
    """The address that a reply points to, which may be relative to its own."""
    try:
        return urljoin(url, target)
    except ValueError:
        raise CannotLook(f"{_shown(target)} is no address that can be asked.") from None


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
def _trouble(host: str, deadline: Deadline) -> Iterator[None]:
    """Says in a learner's words what went wrong before there was an answer."""
    try:
        yield
    except TimeoutError:
        raise CannotLook(deadline.reason(host)) from None
    except (OSError, ValueError, http.client.HTTPException) as error:
        if isinstance(error, OSError) and error.errno in NO_IPV6 and is_loopback(host.rpartition(":")[0]):
            raise NobodyThere(f"Nothing answers at {host}.") from None
        trouble, sentence = next((found for kind, found in TROUBLES if isinstance(error, kind)), UNREACHABLE)
        why: object = getattr(error, "strerror", None) or error
        if isinstance(error, ssl.SSLCertVerificationError):
            why = untrusted(error)
        raise trouble(sentence.format(who=host, why=str(why).rstrip("."))) from None
