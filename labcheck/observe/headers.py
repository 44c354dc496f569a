"""The head of an HTTP answer: its status, and its headers by name, in whatever case they were written."""

from __future__ import annotations

import string
from typing import Final

import msgspec

MOST: Final = 100
DIGITS: Final = 3
"""Of a status."""
LONGEST_LENGTH: Final = 15
"""Digits."""
NAME: Final = (string.ascii_letters + string.digits + "!#$%&'*+-.^_`|~").encode()
CONTROL: Final = bytes({*range(32), 127} - {ord("\t")})
VERSIONS: Final = (b"HTTP/1.1 ", b"HTTP/1.0 ")


class Malformed(Exception):  # noqa: N818 - named for what it is; it becomes a sentence, never a traceback
    """What was answered is no HTTP/1.1, or could be read in two ways."""


class Headers:
    """An answer's headers, in their order. Raises :class:`Malformed` where they leave in doubt how long the body is."""

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        self._fields = fields
        lengths, codings = set(self.get_all("content-length")), self.get_all("transfer-encoding")
        if len(lengths) > 1 or (lengths and codings):
            raise Malformed
        if codings and [coding.lower() for coding in codings] != ["chunked"]:
            raise Malformed
        self.is_chunked = bool(codings)
        """Whether the body comes in chunks."""
        self.length = _length(*lengths) if lengths else None
        """How many bytes the body has, if that was said."""

    def get(self, name: str, default: str = "") -> str:
        """The first value of this name."""
        name = name.lower()
        return next((value for found, value in self._fields if found == name), default)

    def get_all(self, name: str) -> list[str]:
        """Every value of this name."""
        name = name.lower()
        return [value for found, value in self._fields if found == name]


class Head(msgspec.Struct, frozen=True):
    """How an answer begins. ``stays``: the other side keeps the connection for another question."""

    status: int
    headers: Headers
    stays: bool


def read_head(head: bytes) -> Head:
    """The head that these bytes are, which end before its empty line."""
    first, *lines = head.split(b"\r\n")
    version, status, rest = first[:9], first[9:12], first[12:13]
    is_number = len(status) == DIGITS and status.isdigit() and status[:1] != b"0"
    if version not in VERSIONS or not is_number or rest not in {b"", b" "} or _is_odd(first) or len(lines) > MOST:
        raise Malformed
    headers = Headers([_field(line) for line in lines])
    said = {word.strip().lower() for value in headers.get_all("connection") for word in value.split(",")}
    return Head(int(status), headers, "close" not in said and (version == VERSIONS[0] or "keep-alive" in said))


def _field(line: bytes) -> tuple[str, str]:
    name, colon, value = line.partition(b":")
    # A name with a blank behind it, or a line that goes on with the one before, is read differently by others.
    if not colon or not name or name.translate(None, NAME) or _is_odd(value):
        raise Malformed
    return name.decode("ascii").lower(), value.strip(b" \t").decode("latin-1")


def _is_odd(line: bytes) -> bool:
    return len(line.translate(None, CONTROL)) != len(line)


def _length(written: str) -> int:
    if not written.isascii() or not written.isdecimal() or len(written) > LONGEST_LENGTH:
        raise Malformed
    return int(written)
