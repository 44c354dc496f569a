"""The command that builds the repair shop of the last lesson, broken in three ways that its attempt draws."""

from __future__ import annotations

import argparse

from labcheck.attempt import Attempt, opened
from labcheck.cli.terminal import waiting
from labcheck.errors import Refused
from labcheck.lab import load
from labcheck.play import failure
from labcheck.render.printable import prose
from labcheck.snapshot import Found, Unknown

SLUG = "repair-shop"


def capstone(_options: argparse.Namespace) -> int:
    """Play the lab's setup, which first removes by its names what it made before; the attempt goes on."""
    with opened(load(SLUG), tell=waiting()) as attempt:
        attempt.look()  # from here on, the lab is as this attempt draws it
        _demand_the_courses_own(attempt)
        for command in attempt.lab.building:
            if reason := failure(command):
                said = " ".join(reason.split()).removesuffix(".")
                raise Refused(f"The shop could not be built: {said}.", "Try again; labcheck doctor tells you more.")
        report = attempt.look()
    complaints = [step for step in attempt.lab.steps if step.explained == "when-asked"]
    print(f"The shop stands, and {len(complaints)} people complain:\n")
    for step in complaints:
        print(f"  {prose(step.title)}{' This was mended before.' if report.step(step.id).done else ''}")
    print(f"\nlabcheck check {SLUG} says how it stands.")
    return 0


def _demand_the_courses_own(attempt: Attempt) -> None:
    """Raise :class:`Refused` where any other engine answers, or none: what is on it is not ours to remove."""
    info = attempt.observer.observe(()).info
    if isinstance(info, Unknown):
        raise Refused(f"The shop cannot be built. {info.reason}", "labcheck doctor tells you more.")
    if not (isinstance(info, Found) and info.value.is_course):
        raise Refused(
            "The shop is built on the course's own engine only, and this is another one.",
            "Type labcheck start, and open a terminal on the page.",
        )
