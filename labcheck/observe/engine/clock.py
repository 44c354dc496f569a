"""The engine's time: to the second in the header of each answer, to the nanosecond in ``docker info``."""

from __future__ import annotations

import re
import time
from datetime import datetime

SECOND = 1_000_000_000
WRITTEN = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)", re.ASCII)


def written(second: int) -> str:
    """The time in the format of the ``Date`` header."""
    return time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(second))


def system_time(written: str) -> int:
    """The time in nanoseconds, from RFC 3339 with up to nine digits of a second; 0 if it is not a time."""
    found = WRITTEN.fullmatch(written)
    if found is None:
        return 0
    try:
        whole = datetime.fromisoformat(found[1] + found[3].replace("Z", "+00:00"))
    except ValueError:
        return 0
    return int(whole.timestamp()) * SECOND + int((found[2] or "").ljust(9, "0"))
