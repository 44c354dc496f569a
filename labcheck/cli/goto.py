"""The command that brings the engine to where a step begins."""

from __future__ import annotations

import argparse

from labcheck import rewind
from labcheck.attempt import opened
from labcheck.cli.lab import listed
from labcheck.cli.terminal import agree, show, tell, waiting
from labcheck.lab import Step, load
from labcheck.render.printable import lines, prose
from labcheck.render.wrap import set_off


def goto(options: argparse.Namespace) -> int:
    """List what the lab made, remove it, and play the solutions of the steps before this one."""
    lab, is_host = load(options.lab), options.engine == "host"
    lab.step(options.step)
    with opened(lab, tell=waiting()) as attempt:
        found = rewind.found(attempt, anywhere=is_host)
        listed(found)
        steps = rewind.before(attempt.lab, options.step)
        if is_host and steps:
            print("These commands would be typed:", *_typed(steps), sep="\n")
        if (found or is_host) and not options.yes:
            agree("Remove these and play what comes before?" if found else "Type these commands?", _agreed(options))
        playing = None
        try:
            for playing in rewind.rewind(attempt, options.step, found):
                print(f"playing    {prose(playing.title)}", flush=True)
            report = attempt.look()
        except KeyboardInterrupt:
            middle = f" in the middle of {playing.id}" if playing else ""
            tell(f"labcheck: Stopped{middle}. labcheck check {lab.typed} says how the lab stands.")
            raise
    played = " What was played for you gives no points." if steps else ""
    print(f"Here the step {options.step} begins.{played}\n")
    show(report.only(options.step))
    return 0


def _typed(steps: tuple[Step, ...]) -> list[str]:
    return [set_off(line) for step in steps for command in step.commands for line in lines(command)]


def _agreed(options: argparse.Namespace) -> str:
    engine = " --engine host" if options.engine == "host" else ""
    return f"labcheck goto {load(options.lab).typed} {options.step}{engine} --yes"
