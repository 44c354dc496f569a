"""The command that looks after each command typed elsewhere: what a tick looks and sounds like in the terminal."""

from __future__ import annotations

import argparse
import threading

from labcheck.attempt import opened
from labcheck.cli.terminal import colour, waiting, width, zone
from labcheck.lab import load
from labcheck.render.terminal import changes
from labcheck.verdict import Outcome
from labcheck.watch import watch as watched


def watch(options: argparse.Namespace) -> int:
    """Look after each command that is typed elsewhere, until the lab is done."""
    before = None
    with opened(load(options.lab), tell=waiting()) as attempt:
        for report in watched(attempt, until=threading.Event()):
            if text := changes(before, report, width=width(), colour=colour(), zone=zone()):
                print(text, end="", flush=True)
            before = report
            if report.outcome is Outcome.PASS:
                break
    return 0
