"""The command that serves images to a class: what one learner has pulled, Docker Hub is not asked for again."""

from __future__ import annotations

import argparse
from pathlib import Path

from labcheck import loopback
from labcheck.cli.terminal import tell
from labcheck.render.printable import visible
from labcheck.sandbox.outside.address import reachable, spelled
from labcheck.sandbox.outside.class_mirror import serve
from labcheck.sandbox.outside.source import HUB, named
from labcheck.sandbox.protocol import COURSE


def mirror(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    source = named(options.source) if options.source else None
    here, learners = spelled(options.host or loopback.ADDRESS), spelled(options.host or reachable())

    def ready(chosen: str) -> None:
        known = {COURSE: "the course's own images", HUB: "Docker Hub's images"}
        what = known.get(chosen, f"those of {visible(chosen)}")
        print(f"The mirror serves {what}. Each learner opens the course with\n")
        print(f"    LABCHECK_IMAGES=http://{learners}:{options.port} labcheck start\n")
        print("Whoever reaches this machine may pull from it, and nobody may push.")
        print("Ctrl-C ends it. What it has fetched is kept.", flush=True)

    file = Path(options.file) if options.file else None
    address = f"{spelled(options.host) if options.host else ''}:{options.port}"
    return serve(address, f"http://{here}:{options.port}", source=source, file=file, tell=tell, ready=ready)
