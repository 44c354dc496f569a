r"""Lends the terminal to a sandbox's command: keys and signals go to the command until it has ended.

Ctrl-C and Ctrl-\ reach the command directly from the terminal, so they are ignored here; signals that a supervisor
sends only to us are forwarded. The terminal is taken back even from a shell that kept it.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from labcheck.sandbox.outside.process import Process

_FROM_TERMINAL = (signal.SIGINT, signal.SIGQUIT)
_PASSED_ON = (signal.SIGTERM, signal.SIGHUP)
_STDIN = 0


@contextmanager
def held_back() -> Iterator[None]:
    """Hold back a supervisor's signals until the terminal is lent: the command already runs, so they are for it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _PASSED_ON)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def lent(first: Process) -> Iterator[None]:
    r"""Lend the terminal; signals for the command go to the sandbox's first process. For the main thread only."""

    def pass_on(number: int, _frame: FrameType | None) -> None:
        first.send(signal.Signals(number))

    before = {number: signal.signal(number, signal.SIG_IGN) for number in _FROM_TERMINAL}
    before |= {number: signal.signal(number, pass_on) for number in _PASSED_ON}
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _PASSED_ON)
    try:
        yield
    finally:
        _take_back()
        for number, handler in before.items():
            signal.signal(number, handler)


def _take_back() -> None:
    """Return to the terminal's foreground, as the shell that started us expects."""
    before = signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    with suppress(OSError):
        # A group that still has members was given the terminal by a shell; a group that has ended does not need it.
        if not _exists(os.tcgetpgrp(_STDIN)):
            os.tcsetpgrp(_STDIN, os.getpgrp())
    signal.signal(signal.SIGTTOU, before)


def _exists(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
