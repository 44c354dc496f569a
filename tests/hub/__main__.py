"""``python -m tests.hub FOLDER``: a real JupyterHub with a class of test users, on loopback, until Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.hub.hub import PASSWORD, TestHub

LEARNERS = ["ada", "grace", "alan"]


def main(folder: str) -> None:
    """Say how to come in, and run the hub."""
    if os.geteuid() != 0:
        sys.exit("labcheck: A hub with users starts servers as each of them, which only root may do: sudo make hub")
    hub = TestHub(Path(folder).absolute(), LEARNERS, idle=3600, cleanup=True)
    hub.prepare()
    sys.stderr.write(f"JupyterHub: {hub.url}   users: {', '.join(LEARNERS)}   password: {PASSWORD}\n")
    sys.stderr.write(f"Their homes are in {hub.folder / 'homes'}, and stay. Ctrl-C ends the hub and all servers.\n")
    sys.stderr.flush()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the hub itself, which ends everything
    subprocess.run(hub.command(), env=os.environ | hub.environment, check=False, preexec_fn=_hears_ctrl_c)
    hub.forget()


def _hears_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    main(*sys.argv[1:])
