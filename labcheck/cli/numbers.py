"""Numbers as they are typed after an option, each within its range; argparse says what is wrong with another."""

from __future__ import annotations

import argparse
from collections.abc import Callable

SHORTEST, LONGEST = 0.1, 3600
"""The range of a wait, in seconds."""


def whole(what: str, lowest: int, highest: int) -> Callable[[str], int]:
    """What reads whole numbers of this range; ``what`` is called so in the refusal."""

    def read(written: str) -> int:
        # Longer ones are out of every range, and int() refuses those of thousands of digits with words of its own.
        number = int(written) if written.isascii() and written.isdigit() and len(written) < 10 else -1  # noqa: PLR2004 - digits
        if lowest <= number <= highest:
            return number
        raise argparse.ArgumentTypeError(f"{written!r} is not {what} from {lowest} to {highest}")

    return read


percent = whole("a number of percent", 0, 100)
workers = whole("a number of processes", 1, 256)
port = whole("a port", 1, 65535)
port_or_free = whole("a port", 0, 65535)
"""0 is whichever is free."""


def seconds(written: str) -> float:
    """A number of seconds within the range of a wait, which excludes ``nan`` and ``inf``."""
    try:
        number = float(written)
    except ValueError:
        number = 0.0
    if SHORTEST <= number <= LONGEST:
        return number
    raise argparse.ArgumentTypeError(f"{written!r} is not a number of seconds from {SHORTEST} to {LONGEST}")
