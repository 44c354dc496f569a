"""How a program that is lacking comes to this very system."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from labcheck.doctor.remedy import Remedy
from labcheck.doctor.root import as_root
from labcheck.observe.machine import Machine
from labcheck.snapshot import Found

DOCKERS = frozenset({"dockerd", "docker", "containerd", "runc"})
"""What comes with Docker Engine wherever it is installed as Docker's documentation says."""
PACKAGES = {
    "dockerd": "docker.io",
    "docker": "docker.io",
    **dict.fromkeys(("setpriv", "unshare", "nsenter"), "util-linux"),
}
"""Debian's packages where they are not called as the program is."""
APART = 13
"""The Debian in which the ``docker`` command became a package of its own."""
ON_WINDOWS = "Start Docker Desktop on Windows, with its WSL integration switched on for this distribution."
BY_DOCKER = "Install Docker as its documentation says: docs.docker.com/engine/install."


def install(machine: Machine, names: Iterable[str]) -> Remedy:
    """How these programs are installed here."""
    remedy = _install(machine, set(names))
    return replace(remedy, text=f"Close the course first. {remedy.text}") if machine.sandbox else remedy


def _install(machine: Machine, lacking: set[str]) -> Remedy:
    system = machine.system
    if system.kind == "darwin":
        return Remedy("Install Docker Desktop; or Colima:", ("brew install colima docker",))
    if system.kind != "linux":
        return Remedy("Install Docker Desktop.")
    if system.is_wsl and "dockerd" not in _has(machine) and lacking <= {"docker", "dockerd"}:
        return Remedy(ON_WINDOWS)
    if "apt-get" in _has(machine):
        packages = " ".join(sorted({_package(machine, name) for name in lacking}))
        return Remedy(
            f"To install {'it' if len(lacking) == 1 else 'them'}:", (as_root(machine, f"apt-get install {packages}"),)
        )
    others = sorted({PACKAGES.get(name, name) for name in lacking - DOCKERS})
    theirs = f"Install {' and '.join(others)} with this system's package manager." if others else ""
    return Remedy(" ".join(filter(None, (BY_DOCKER if lacking & DOCKERS else "", theirs))))


def _has(machine: Machine) -> frozenset[str]:
    return machine.programs.value if isinstance(machine.programs, Found) else frozenset()


def _package(machine: Machine, name: str) -> str:
    if name == "docker" and machine.system.debian >= APART:
        return "docker-cli"
    return PACKAGES.get(name, name)
