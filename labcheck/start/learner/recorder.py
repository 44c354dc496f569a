"""Each lab of the course is watched, so that its steps tick whatever terminal a command is typed in.

All labs, and from the start: those who go straight to a terminal open none. Trouble with the journal is reported
once, and the journal is tried again: it may be repaired while the course is open.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from labcheck.errors import LabcheckError
from labcheck.lab import Lab, load, slugs
from labcheck.sandbox.threads import beside
from labcheck.watch import record as watched

RETRY = 5.0
FIRST_LOOK = 10.0
"""Seconds to wait for the first look, so that whoever looks next finds the labs begun."""


def record(tell: Callable[[LabcheckError], object]) -> None:
    """Watch all labs, in a thread that ends with this process; ``tell`` hears of trouble.

    The first lab is begun last, so that ``labcheck`` speaks of it as long as nothing was done in any.
    """
    looked = threading.Event()
    beside(_record, [load(slug) for slug in reversed(slugs())], looked, tell)
    looked.wait(FIRST_LOOK)


def _record(labs: Sequence[Lab], looked: threading.Event, tell: Callable[[LabcheckError], object]) -> None:
    never, told = threading.Event(), set[str]()
    while True:
        try:
            for _ in watched(labs, until=never):
                looked.set()
                told.clear()
        except LabcheckError as error:
            looked.set()
            if str(error) not in told:
                told.add(str(error))
                tell(error)
        never.wait(RETRY)
