"""Whoever closes the course's terminal sends several signals at once. JupyterLab is ended, by force if it must be."""

from __future__ import annotations

import subprocess
import sys

ENDING = """
import os, signal, subprocess, sys
from labcheck.start.learner import __main__ as learner

learner.GRACE = 0.2

def ended(command, line):
    "How it ends if another signal comes after so many lines, whoever's they are."
    left = line

    def interrupted(frame, event, argument):
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGHUP)
        return interrupted

    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    process.stdout.readline()
    end = learner._EndWhenAsked(process)
    sys.settrace(interrupted)
    os.kill(os.getpid(), signal.SIGTERM)
    sys.settrace(None)
    return end.wait(), end.was_asked, signal.getitimer(signal.ITIMER_REAL)[0]

print({ended(["sh", "-c", "echo; exec sleep 60"], line) for line in range(1, 60)})
print(ended(["sh", "-c", "trap '' TERM; echo; exec sleep 60"], 0))
"""


def test_a_signal_that_interrupts_another_keeps_nothing_from_ending() -> None:
    ended = subprocess.run([sys.executable, "-c", ENDING], stdout=subprocess.PIPE, text=True, timeout=240, check=True)
    assert ended.stdout.splitlines() == ["{(-15, True, 0.0)}", "(-9, True, 0.0)"]
