"""Each lab of the course is watched, so that its steps tick whatever terminal a command is typed in.

All labs, and from the start: those who go straight to a terminal open none. Trouble with the journal is reported
once, and the journal is tried again: it may be repaired while the course is open. What becomes done is written down
for the prompts of the terminals.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from labcheck.errors import LabcheckError
from labcheck.lab import Lab, load, slugs
from labcheck.sandbox.threads import beside
from labcheck.start.learner.ticks import Ticks
from labcheck.watch import record as watched

RETRY = 5.0
FIRST_LOOK = 10.0
"""Seconds to wait for the first look, so that whoever looks next finds the labs begun."""


def record(tell: Callable[[LabcheckError], object], ticks: Path) -> None:
    """Watch all labs, in a thread that ends with this process; ``tell`` hears of trouble, ``ticks`` is for prompts.

    The first lab is begun last, so that ``labcheck`` speaks of it as long as nothing was done in any.
    """
    looked = threading.Event()
    labs = [load(slug) for slug in reversed(slugs())]
    beside(_record, labs, looked, tell, Ticks(ticks, labs))
    looked.wait(FIRST_LOOK)


def _record(
    labs: Sequence[Lab], looked: threading.Event, tell: Callable[[LabcheckError], object], ticks: Ticks
) -> None:
    never, told = threading.Event(), set[str]()
    while True:
        try:
            for moments in watched(labs, until=never):
                looked.set()
                told.clear()
                ticks.tell(moments)
        except LabcheckError as error:
            looked.set()
            if str(error) not in told:
                told.add(str(error))
                tell(error)
        never.wait(RETRY)
