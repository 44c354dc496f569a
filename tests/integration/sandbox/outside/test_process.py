"""A process is alive until it has ended."""

from __future__ import annotations

import signal
import subprocess

from labcheck.sandbox.outside.process import Process


def test_a_process_is_alive_until_it_has_ended() -> None:
    with subprocess.Popen(["sleep", "60"]) as child:
        one = Process.of(child.pid)
        assert one.alive
        assert not one.gone(within=0.02)
        one.send(signal.SIGKILL)
        assert one.gone(within=5), "nobody may ever reap it"
        child.wait()
        assert one.gone(within=0)
        one.send(signal.SIGKILL)
