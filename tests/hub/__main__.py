"""``python -m tests.hub FOLDER``: a real JupyterHub with a class of test users, on loopback, until Ctrl-C."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.hub.hub import PASSWORD, TestHub

LEARNERS = ["ada", "grace", "alan"]


def main(folder: str) -> None:
    """Say how to come in, and become the hub."""
    hub = TestHub(Path(folder).absolute(), LEARNERS, idle=3600, cleanup=True)
    hub.prepare()
    sys.stderr.write(f"JupyterHub: {hub.url}   users: {', '.join(LEARNERS)}   password: {PASSWORD}\n")
    sys.stderr.write(f"Their homes are in {hub.folder / 'homes'}, and stay. Ctrl-C ends the hub and all servers.\n")
    sys.stderr.flush()
    command = hub.command()
    os.execvpe(command[0], command, os.environ | hub.environment)  # noqa: S606 - the hub


if __name__ == "__main__":
    main(*sys.argv[1:])
