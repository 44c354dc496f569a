"""The head of an HTTP answer: its status, and its headers by case-insensitive name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import msgspec

MOST: Final = 100
DIGITS: Final = 3
"""Of a status."""
LONGEST_LENGTH: Final = 15
"""Digits."""
NAME: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~")
CONTROL: Final = bytes({*range(32), 127} - set(b"\t\r\n"))
VERSIONS: Final = ("HTTP/1.1 ", "HTTP/1.0 ")


class Malformed(Exception):  # noqa: N818 - named for what it is; it becomes a sentence, never a traceback
    """The answer is not HTTP/1.1, or is ambiguous."""


class Headers:
    """An answer's headers, by lower-case name; :class:`Malformed` if they leave it unclear where the body ends."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self._fields = fields
        lengths, codings = set(self.get_all("content-length")), self.get_all("transfer-encoding")
        if len(lengths) > 1 or (lengths and codings):
            raise Malformed
        if codings and [coding.lower() for coding in codings] != ["chunked"]:
            raise Malformed
        self.is_chunked = bool(codings)
        """Whether the body is chunked."""
        self.length = _length(*lengths) if lengths else None
        """How many bytes the body has, if known."""

    def get(self, name: str, default: str = "") -> str:
        """The first value of this name."""
        found = self._fields.get(name.lower())
        return found[0] if found else default

    def get_all(self, name: str) -> list[str]:
        """Every value of this name."""
        return self._fields.get(name.lower(), [])


class Head(msgspec.Struct, frozen=True):
    """The head of an answer. ``stays``: the other side keeps the connection open for another request."""

    status: int
    headers: Headers
    stays: bool


def read_head(head: bytes) -> Head:
    """The head in these bytes, which end before its empty line."""
    first, *lines = head.decode("latin-1").split("\r\n")
    ends = len(lines)
    if ends > MOST or head.count(b"\r") != ends or head.count(b"\n") != ends or head.translate(None, CONTROL) != head:
        raise Malformed
    version, status, rest = first[:9], first[9:12], first[12:13]
    is_number = len(status) == DIGITS and status.isascii() and status.isdecimal() and status[0] != "0"
    if version not in VERSIONS or not is_number or rest not in {"", " "}:
        raise Malformed
    fields: dict[str, list[str]] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon:
            raise Malformed
        fields.setdefault(_name(name), []).append(value.strip(" \t"))
    headers = Headers(fields)
    said = {word.strip().lower() for value in headers.get_all("connection") for word in value.split(",")}
    return Head(int(status), headers, "close" not in said and (version == VERSIONS[0] or "keep-alive" in said))


@lru_cache(256)
def _name(written: str) -> str:
    # Other programs read a name followed by a space, or a folded line, differently.
    if not written or not NAME.issuperset(written):
        raise Malformed
    return written.lower()


def _length(written: str) -> int:
    if not written.isascii() or not written.isdecimal() or len(written) > LONGEST_LENGTH:
        raise Malformed
    return int(written)
