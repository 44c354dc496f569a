"""The whole practice, with skopeo doing each push. Run in a sandbox; prints the engine on which it was finished."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from labcheck.attempt import opened
from labcheck.lab import load
from tests.live.learner import BACK, LAB, PRUNE, PULL, START, STOP, TAG
from tests.live.ways import ANSWERS, played
from tests.matrix.room import engine, room

STEPS: Mapping[str, Sequence[str]] = {
    "start-registry": [START],
    "pull": [PULL],
    "tag": [TAG],
    "push": [
        f"skopeo copy --dest-tls-verify=false docker-daemon:{name} docker://{name}"
        for name in ("localhost:5000/nginx:latest", "localhost:5000/httpd:latest")
    ],
    "catalog": ANSWERS["catalog"],
    "prune": [PRUNE],
    "images-left": ANSWERS["images-left"],
    "why-one-stays": ANSWERS["why-one-stays"],
    "pull-back": [BACK],
    "remove-registry": [STOP],
}


def main(store: str, programs: str, packages: str) -> None:
    """Play it."""
    with room(store, programs, packages) as shell, opened(load(LAB)) as attempt:
        played(STEPS, attempt, shell)
        sys.stdout.write(engine(attempt, store))


if __name__ == "__main__":
    main(*sys.argv[1:])
