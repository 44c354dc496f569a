"""Commands about attempts: where you are, and how each came out."""

from __future__ import annotations

import argparse

from labcheck.attempt import opened
from labcheck.attempts import attempts as tried
from labcheck.attempts import latest
from labcheck.cli.lab import EXIT
from labcheck.cli.terminal import show, waiting, width, zone
from labcheck.home import journal
from labcheck.journal import Journal
from labcheck.lab import load, slugs
from labcheck.render.attempts import as_json, listed


def where(_options: argparse.Namespace) -> int:
    """Print where you are in the lab you worked on last, and what to type next."""
    with opened(load(latest() or slugs()[0]), tell=waiting()) as attempt:
        report = attempt.look()
    show(report)
    return EXIT[report.outcome]


def attempts(options: argparse.Namespace) -> int:
    """List the attempts at a lab: when each started, its points, and its outcome."""
    lab = load(options.lab)
    with Journal(journal()) as filed:
        found = tried(lab, filed)
    print(as_json(found) if options.format == "json" else listed(lab.title, found, width=width(), zone=zone()), end="")
    return 0
