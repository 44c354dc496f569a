"""What went wrong, according to the log of a program that ended: dockerd, the mirror, JupyterLab, our own processes."""

from __future__ import annotations

import re

_MEANINGFUL = re.compile(r'level=(?:fatal|error)\b.*?msg="((?:[^"\\]|\\.)*)"')
_PLAIN = re.compile(r"^(?!time=)\S.*")
_CRASH = re.compile(r"^(?:panic|fatal error|unexpected fault address).*", re.MULTILINE)
"""How a crash message of a Go program begins; a stack trace follows."""


def last_error(log: str) -> str:
    """The last line of a log that says what went wrong: an error message, or a line that is not in the log's format."""
    if crash := _CRASH.search(log):
        return crash[0].strip()
    for line in reversed(log.splitlines()):
        if found := _MEANINGFUL.search(line):
            return re.sub(r"\\(.)", r"\1", found[1])
        if plain := _PLAIN.match(line):
            return plain[0].strip()
    return "it said nothing"
