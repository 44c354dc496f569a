"""The command that proves a lab: play it, and report on each step."""

from __future__ import annotations

import argparse
import os
import shlex
import sys

from labcheck import rehearse as rehearsal
from labcheck.cli.terminal import tell, waiting
from labcheck.lab import load
from labcheck.render.printable import prose, visible
from labcheck.seed import SEED, fresh


def rehearse(options: argparse.Namespace) -> int:
    """Play the lab's own solution in a throwaway sandbox; 0 if it passes, 1 if not."""
    lab = load(options.lab)
    if not options.here:
        return rehearsal.rehearse(lab, tell)
    seed = os.environ.setdefault(SEED, fresh())
    failures = 0
    going_on = tell if sys.stderr.isatty() else lambda _: None
    going_on("Looking at what is there ...")
    for played in rehearsal.play(lab, waiting(), begun=lambda step: going_on(f"{step.id} ...")):
        undoes = f", undoes {', '.join(played.step.undoes)}" if played.step.undoes else ""
        proved = f"not done before, done after{undoes}"
        print(f"{'FAIL' if played.problems else 'ok':5} {played.step.id:16} {played.seconds:5.1f} s  ", end="")
        print(prose("; ".join(played.problems)) or proved, flush=True)
        failures += bool(played.problems)
    told = f"{failures} of {len(lab.steps)} steps are wrong" if failures else f"all {len(lab.steps)} steps are proved"
    print(f"{visible(lab.slug)}: {told}")
    if failures and lab.template:
        print(f"To draw the same values again: {SEED}={shlex.quote(seed)} labcheck rehearse {lab.typed}")
    return 1 if failures else 0
