"""A process is known by more than its number."""

from __future__ import annotations

import os
import signal

import msgspec
import pytest

from labcheck.sandbox.outside.process import Process, origin

NOBODY = Process(2**22 + 1, 1, origin())


def test_a_pid_alone_is_not_a_process() -> None:
    one = Process.of(os.getpid())
    later = msgspec.structs.replace(one, started=one.started + 1)
    elsewhere = msgspec.structs.replace(one, origin=one.origin + "1")
    for other in (later, elsewhere):
        assert not other.alive
        other.send(signal.SIGKILL)
    with pytest.raises(ProcessLookupError):
        Process.of(NOBODY.pid)
