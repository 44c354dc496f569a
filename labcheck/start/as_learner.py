"""How a command is started as the learner: under ``sudo`` not as root, and with the learner's environment.

It changes nothing in this process.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path

from labcheck.home import home
from labcheck.owner import Owner, behind_sudo
from labcheck.sandbox.programs import program


def command(folder: Path, place: Path, *how: str) -> list[str]:
    """The command for the course with the notebooks in ``folder``; ``place`` is a folder in memory.

    ``how`` is ``hub`` where a JupyterHub starts it.
    """
    inside = [sys.executable, "-P", "-m", "labcheck.start.learner", str(folder), str(place), *how]
    return as_learner(inside, behind_sudo(), os.environ)


def as_learner(command: Sequence[str], owner: Owner | None, own: Mapping[str, str]) -> list[str]:
    """The command, started as the owner; ``None`` means as ourselves."""
    wanted = dict(own) if owner is None else owner.environment(own)
    scripts = sysconfig.get_path("scripts")
    wanted["PATH"] = os.pathsep.join(dict.fromkeys([scripts, *own.get("PATH", os.defpath).split(os.pathsep)]))
    wanted["LABCHECK_HOME"] = str(home())
    changed = [f"{name}={value}" for name, value in wanted.items() if own.get(name) != value]
    removed = [f"--unset={name}" for name in own if name not in wanted]
    return [*_switch(owner), "env", *removed, *changed, *command]


def _switch(owner: Owner | None) -> list[str]:
    if owner is None:
        return []
    return [program("setpriv"), f"--reuid={owner.uid}", f"--regid={owner.gid}", "--init-groups", "--"]
