"""A message as it may be read: without colours, in plain characters, and with lines that were wrapped put together."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

SOMEWHERE: Final = "HOST:PORT"
"""What stands for a registry's address if the message has none."""
WIDE: Final = 60
"""From how many letters on a line may have been broken by a terminal, a mail or a web page."""

_OPERATING: Final = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_CONTROL: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[ -/]*[0-~])")
_CARRIAGE_RETURN: Final = re.compile(r"\r+\n?")
_TYPED: Final = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"')
    | dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f", " ")
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", None)
    | {"\u2026": "..."}
)
"""What word processors and web pages make of typed characters, turned back."""
_WRAPPED: Final = re.compile(
    rf"(?m)(?<=[^\n]{{{WIDE}}})\n[ ]*"
    r"(?![ \n]|[A-Z]\w+:|(?:docker|curl|bash|zsh|sh): |time=|[0-9a-f]{12}: |Error|See |Run |Usage)"
)
_IN_FRONT: Final = re.compile(
    r"(?m)^(?:[ \t>]+"
    r"|\[?\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)?\]? (?:\d\d[OE][ +] ?)?"
    r"|[A-Z][a-z]{2} +\d+ [\d:]{8} \S+ [\w.-]+(?:\[\d+\])?: "
    r"|##\[\w+\]|#\d+ (?:\d+\.\d+ )?|[\w.-]*[-_]\d+ +\| "
    r"|docker(?:\.exe)? : |At [^\n]*char:\d+\n|\+ [^\n]*\n)+"
)
"""What a log, a builder, compose, PowerShell or a mail puts in front of each line, and lines of theirs between."""
_PASSED_ON: Final = re.compile(r'"(?:message|msg|error|stderr|output)": ?("(?:[^"\\]|\\.)+")')
_AT: Final = re.compile(
    r"\[(?P<pushed>[^\s/\[\]@]+)/[^\s\]]+\]"
    r"|://(?P<asked>[\w.-]+(?::\d+)?|\[[\da-f:]+\](?::\d+)?)/v[12]/(?!traces|\w+/json)"
    r"|(?<![\w./:@-])(?P<named>(?:[\w-]+(?:\.[\w-]+)*|\[[\da-f:]+\]):\d{2,5})/(?=[a-z0-9])(?!tcp\b|udp\b)"
    r'|docker://(?P<source>[\w-]+(?:\.[\w-]+)+(?::\d+)?)/|logging into "(?P<login>[^"\s]+)"'
    r'|\b(?:push|in|for|of|image|reference|tag:) "?(?P<of>[\w-]+(?:\.[\w-]+)+(?::\d+)?)/(?=[a-z0-9])'
    r"|(?:pinging (?:\w+ )?registry|/blobs/uploads/\S* in|manifest \S+ to|exists in|failed to push) "
    r"(?P<sent>[\w-]+(?:\.[\w-]+)+(?::\d+)?|[\w-]+:\d+)(?=[/:,\s])"
    r"|Failed to connect to (?P<host>\S+) port (?P<port>\d+)"
)
_PLACES: Final = ("pushed", "asked", "source", "login", "of", "named", "sent")
_HUB: Final = re.compile(r"\bdocker\.io/|\bdocker://(?!localhost[:/]|[^\s/]*[.:][^\s/]*/)")
_NO_REGISTRY: Final = re.compile(r"docker\.(?:io|com)$|^0\.0\.0\.0|^github\.com$|^unix$")


def plain(drawn: str) -> str:
    """What was drawn, as lines: without colours and the cursor's moves; what a line was drawn over with is a line."""
    if "\x1b" in drawn:
        drawn = _CONTROL.sub("", _OPERATING.sub("", drawn))
    return _CARRIAGE_RETURN.sub("\n", drawn) if "\r" in drawn else drawn


class Message(NamedTuple):
    """The ways to read a message, all different, the nearest first, and the registry that it names.

    ``hub`` is there if it names Docker Hub, and no other registry.
    """

    readings: tuple[str, ...]
    registry: str
    hub: str


def read(text: str) -> Message:
    """The message as it is, as typed, with its lines unwrapped, and without what another program put around it."""
    text = plain(text)
    typed = text.translate(_TYPED).replace('\\"', '"')
    wrapped = (_WRAPPED.sub(" ", typed), _WRAPPED.sub("", typed)) if "\n" in typed.strip() else ()
    at = registry(typed)
    hub = "Docker Hub" if not at and _HUB.search(typed) else ""
    return Message(tuple(dict.fromkeys((text, typed, *wrapped, _IN_FRONT.sub("", typed), *_passed_on(text)))), at, hub)


def _passed_on(text: str) -> tuple[str, ...]:
    """What a program passed on in JSON; not a registry's own reply, which is explained as such."""
    found = _PASSED_ON.findall(text) if '"errors"' not in text else ()
    return ("\n".join(filter(None, map(_said, found))).translate(_TYPED),) if found else ()


def _said(string: str) -> str:
    """A string of JSON; empty if it is none."""
    from msgspec import DecodeError, json  # noqa: PLC0415 - few messages have JSON in them

    try:
        return json.decode(string, type=str)
    except DecodeError:
        return ""


def registry(text: str) -> str:
    """The address of the registry that a message names first, other than Docker Hub; empty if there is none."""
    for found in _AT.finditer(text):
        address = next(filter(None, found.group(*_PLACES)), "") or f"{found['host']}:{found['port']}"
        if not _NO_REGISTRY.search(address):
            return address
    return ""
