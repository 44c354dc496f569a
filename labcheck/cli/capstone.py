"""The command that builds the repair shop of the last lesson, broken in three ways that its attempt draws."""

from __future__ import annotations

import argparse

from labcheck.attempt import opened
from labcheck.cli.terminal import show
from labcheck.errors import Refused
from labcheck.lab import load
from labcheck.play import failure
from labcheck.snapshot import Found

SLUG = "repair-shop"


def capstone(_options: argparse.Namespace) -> int:
    """Play the lab's setup, which first removes by its names what it made before; the attempt goes on."""
    with opened(load(SLUG)) as attempt:
        attempt.look()  # from here on, the lab is as this attempt draws it
        info = attempt.observer.observe(()).info
        if not (isinstance(info, Found) and info.value.is_course):
            raise Refused(
                "The shop is built on the course's own engine only, and this is another one.",
                "Type labcheck start, and open a terminal on the page.",
            )
        for command in attempt.lab.building:
            if reason := failure(command):
                said = " ".join(reason.split()).removesuffix(".")
                raise Refused(f"The shop could not be built: {said}.", "Try again; labcheck doctor tells you more.")
        report = attempt.look()
    print("The shop stands, and three people complain. It is built in the folder lesson-08.\n")
    show(report)
    return 0
