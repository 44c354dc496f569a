"""What ends a command that waits: Ctrl-C, a closed terminal, a system that shuts down."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

SIGNALS = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""What ends it besides Ctrl-C; no system has all of them."""


@contextmanager
def ended_as_by_ctrl_c() -> Iterator[None]:
    """Let each signal that asks us to end do what Ctrl-C does, during the ``with`` block."""

    def end(_number: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    before = {number: signal.signal(number, end) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
