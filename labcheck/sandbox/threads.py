"""Threads beside a main thread that waits for a process and must receive signals meanwhile.

A signal may go to any thread, and one that goes to another does not wake the main thread, where Python handles it.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from threading import Thread
from typing import ParamSpec

P = ParamSpec("P")


def beside(work: Callable[P, object], *arguments: P.args, **named: P.kwargs) -> Thread:
    """Start a daemon thread that leaves all signals to other threads, as do the threads that it starts."""
    thread = Thread(target=work, args=arguments, kwargs=named, daemon=True)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        thread.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return thread
