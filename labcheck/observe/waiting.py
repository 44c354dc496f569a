"""Whoever waits for a look that takes long is told what it waits for, and until when."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Final, TypeAlias

from labcheck.observe.deadline import Deadline

Tell: TypeAlias = Callable[[str], object]
"""Tells whoever waits one sentence."""
LONG: Final = 1.0
"""After how many seconds it is told; most looks are over long before."""


@contextmanager
def told(tell: Tell | None, deadline: Deadline, missing: Callable[[], Collection[str]]) -> Iterator[None]:
    """If the block takes long, ``tell`` hears once who has not answered by then; ``None`` if nobody waits."""
    if tell is None:
        yield
        return
    timer = Timer(LONG, lambda: tell(sentence(missing(), deadline)))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def sentence(missing: Collection[str], deadline: Deadline) -> str:
    """What is said: who has not answered, and until when they are waited for."""
    *others, last = sorted(map(_inside, missing)) or ["the answers"]
    who = f"{', '.join(others)} and {last}" if others else last
    until = time.strftime("%H:%M:%S", time.localtime(time.time() + deadline.left))
    return f"Waiting for {who}, until {until} at the latest ..."


def _inside(who: str) -> str:
    """As it is written inside a sentence."""
    return f"{who[0].lower()}{who[1:]}" if who.startswith(("The ", "This ")) else who
