"""HTTP URLs: their parts, their origin, and whether they point to this machine."""

from __future__ import annotations

import socket
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit

from labcheck.cause import InvalidAddress
from labcheck.loopback import is_local
from labcheck.observe.trouble import CannotLook

DEFAULT_PORTS = {"http": 80, "https": 443}


def joined(url: str, target: str) -> str:
    """The URL that a reply points to, which may be relative to its own."""
    try:
        return urljoin(url, target)
    except ValueError:
        raise CannotLook(f"{shown(target)} is not a usable address.", InvalidAddress()) from None


@lru_cache(256)
def split(url: str) -> SplitResult:
    """The parts of an HTTP URL."""
    try:
        parts = urlsplit(url)
        is_one = parts.port != 0 and parts.scheme in DEFAULT_PORTS and bool(parts.hostname)
    except ValueError:
        is_one = False
    if not is_one:
        raise CannotLook(f"{shown(url)} is not a usable address.", InvalidAddress())
    return parts


@lru_cache(256)
def origin(url: str) -> tuple[str, str, int]:
    """The origin of a URL."""
    parts = split(url)
    return parts.scheme, parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme]


def who(parts: SplitResult) -> str:
    """The host and port, as written."""
    return parts.netloc.rpartition("@")[2]


def shown(url: str) -> str:
    """The URL without anything that may be secret, shortened to a readable length."""
    scheme, slashes, rest = url.partition("?")[0].rpartition("//")
    host, slash, path = rest.partition("/")
    return (scheme + slashes + host.rpartition("@")[2] + slash + path)[:100]


def resolvable(host: str) -> str | bytes:
    """The host as it is looked up: in bytes, or Python loads the rules for the letters of all languages."""
    return host.encode() if host.isascii() else host


def is_loopback(host: str) -> bool:
    """Whether the name means this machine, by its name or by the address it resolves to, as Docker decides it."""
    if is_local(host) or not host:
        return bool(host)
    try:
        addresses = {str(entry[4][0]) for entry in socket.getaddrinfo(resolvable(host), None)}
    except (OSError, UnicodeError):
        return False
    return bool(addresses) and all(map(is_local, addresses))
