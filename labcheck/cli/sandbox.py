"""Commands about the course's own engine."""

from __future__ import annotations

import argparse
from datetime import datetime

from labcheck.cli.terminal import tell, zone
from labcheck.errors import Refused
from labcheck.sandbox import running, world


def run(options: argparse.Namespace) -> int:
    """Run a command in a throwaway sandbox; its exit code is ours."""
    argv = options.argv[1:] if options.argv[:1] == ["--"] else options.argv
    if not argv:
        raise Refused("There is no command to run.", "Type for instance: labcheck sandbox run -- bash")
    return world.run(argv, tell=tell)


def status(_options: argparse.Namespace) -> int:
    """Say which sandboxes run."""
    sandboxes = running.status()
    for it in sandboxes:
        since = datetime.fromtimestamp(it.since, zone()).strftime("%H:%M:%S")
        containers = "?" if it.containers is None else it.containers
        print(f"{it.id}  process {it.pid}  since {since}  containers {containers}  data {it.data or 'in memory'}")
    if not sandboxes:
        print("No sandbox runs.")
    return 0


def down(_options: argparse.Namespace) -> int:
    """End all sandboxes, and remove what they left."""
    removed = running.down()
    for it in removed.ended:
        print(f"ended    {it.id}")
    for folder in removed.folders:
        print(f"removed  {folder}")
    if not (removed.ended or removed.folders):
        print("There was nothing to end or remove.")
    return 0
