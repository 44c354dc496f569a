"""Each lab of the course is watched, so that its steps tick whatever terminal a command is typed in.

All labs, and from the start: whoever goes straight to the terminal has opened none. Trouble with the journal is told
once, and tried again: it may be mended while the course is open.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from labcheck.attempt import opened
from labcheck.errors import LabcheckError
from labcheck.lab import load, slugs
from labcheck.watch import watch

RETRY = 5.0


def record(tell: Callable[[LabcheckError], object]) -> None:
    """Watch every lab, in threads that end with this process; ``tell`` hears of trouble."""
    for slug in slugs():
        threading.Thread(target=_record, args=(slug, tell), daemon=True).start()


def _record(slug: str, tell: Callable[[LabcheckError], object]) -> None:
    never, told = threading.Event(), ""
    while True:
        try:
            with opened(load(slug)) as attempt:
                for _ in watch(attempt, until=never):
                    told = ""
        except LabcheckError as error:
            if told != str(error):
                tell(error)
            told = str(error)
        never.wait(RETRY)
