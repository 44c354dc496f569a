"""Each lab of the course is watched, so that its steps tick whatever terminal a command is typed in.

All labs, and from the start: those who go straight to a terminal open none. Trouble with the journal is reported
once, and the journal is tried again: it may be repaired while the course is open.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from labcheck.attempt import opened
from labcheck.errors import LabcheckError
from labcheck.lab import load, slugs
from labcheck.sandbox.threads import beside
from labcheck.watch import watch

RETRY = 5.0
FIRST_LOOK = 10.0
"""Seconds to wait for a lab's first look before the next lab's turn."""


def record(tell: Callable[[LabcheckError], object]) -> None:
    """Watch every lab, in threads that end with this process; ``tell`` is called with trouble.

    The first lab is begun last, so that ``labcheck`` speaks of it as long as nothing was done in any.
    """
    reported: set[str] = set()
    for slug in reversed(slugs()):
        looked = threading.Event()
        beside(_record, slug, looked, reported, tell)
        looked.wait(FIRST_LOOK)


def _record(slug: str, looked: threading.Event, reported: set[str], tell: Callable[[LabcheckError], object]) -> None:
    never = threading.Event()
    while True:
        try:
            with opened(load(slug)) as attempt:
                for _ in watch(attempt, until=never):
                    looked.set()
                    reported.clear()
        except LabcheckError as error:
            looked.set()
            if str(error) not in reported:
                reported.add(str(error))
                tell(error)
        never.wait(RETRY)
