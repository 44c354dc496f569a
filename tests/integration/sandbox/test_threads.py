"""Threads leave signals to the main thread."""

from __future__ import annotations

import signal

from labcheck.sandbox.threads import beside


def test_signals_are_left_to_the_main_thread() -> None:
    blocked: list[set[int]] = []
    beside(lambda: blocked.append(signal.pthread_sigmask(signal.SIG_BLOCK, ()))).join(5)
    assert {signal.SIGINT, signal.SIGTERM, signal.SIGHUP} <= blocked[0]
    assert not {signal.SIGINT, signal.SIGTERM, signal.SIGHUP} & signal.pthread_sigmask(signal.SIG_BLOCK, ())
