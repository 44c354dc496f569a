"""A registry that runs in a cell logs each of labcheck's own looks there; those lines are left out.

A registry can be told to log nothing, but not to omit one that asks. So the lines are recognised where they are shown,
by the name that labcheck gives as its ``User-Agent``.
"""

from __future__ import annotations

import re

OWN = re.compile(r'useragent="?labcheck"?(\s|$)|^\S+ .*"[A-Z]+ /v2/.*" "labcheck"\s*$')
MAY_BE = re.compile(r"(t|ti|tim|time|time=.*|[\d\[][\da-f.:\]]*( -?| - .*)?)$")
"""What may become a line of a registry's log: it begins with the time, or with the address of who asks."""
LINES = re.compile(r"(?<=\n)")
SAID = "labcheck: What the registry logs of labcheck's own looks is left out here.\n"


class Others:
    """What a command says, without those lines."""

    def __init__(self) -> None:
        self._begun = ""
        self._has_said = False

    def passed(self, text: str, *, is_last: bool = False) -> str:
        """What to show of this text; a line that may become one of those is kept until it is whole."""
        *whole, begun = LINES.split(self._begun + text)
        self._begun = begun if MAY_BE.match(begun) and not is_last else ""
        return "".join(map(self._shown, whole)) + ("" if self._begun else begun)

    def _shown(self, line: str) -> str:
        if not OWN.search(line):
            return line
        told, self._has_said = "" if self._has_said else SAID, True
        return told
