"""How to install a missing program on this system."""

from __future__ import annotations

from collections.abc import Iterable

from labcheck.doctor.conclusion import AsRoot, Remedy
from labcheck.doctor.facts.programs import programs
from labcheck.doctor.machine import Machine
from labcheck.sandbox.programs import package

DOCKERS = frozenset({"dockerd", "docker", "containerd", "runc"})
"""What comes with Docker Engine wherever it is installed as Docker's documentation says."""
ON_WINDOWS = "Start Docker Desktop on Windows, with its WSL integration switched on for this distribution."
BY_DOCKER = "Install Docker as its documentation says: docs.docker.com/engine/install."


def install(machine: Machine, names: Iterable[str]) -> Remedy:
    """How to install these programs here."""
    text, *commands = _install(machine, set(names))
    return (f"Close the course first. {text}" if machine.system.sandbox else text, *commands)


def _install(machine: Machine, missing: set[str]) -> Remedy:
    system, here = machine.system, machine.get(programs, frozenset())
    if system.kind == "darwin":
        return "Install Docker Desktop; or Colima:", "brew install colima docker"
    if system.kind != "linux":
        return ("Install Docker Desktop.",)
    if system.is_wsl and "dockerd" not in here and missing <= {"docker", "dockerd"}:
        return (ON_WINDOWS,)
    if "apt-get" in here:
        packages = " ".join(sorted({package(name, system.debian) for name in missing}))
        return f"To install {'it' if len(missing) == 1 else 'them'}:", AsRoot(f"apt-get install {packages}")
    others = sorted({package(name) for name in missing - DOCKERS})
    theirs = f"Install {' and '.join(others)} with this system's package manager." if others else ""
    return (" ".join(filter(None, (BY_DOCKER if missing & DOCKERS else "", theirs))),)
