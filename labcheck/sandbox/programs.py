"""The programs that a sandbox needs: where they are, and how to install them."""

from __future__ import annotations

import os
import shutil

from labcheck.errors import SandboxError

PROGRAMS = {
    "dockerd": "Docker Engine",
    "docker": "Docker's command line",
    "containerd": "containerd",
    "runc": "runc",
    "iptables": "iptables",
    **dict.fromkeys(("setpriv", "unshare", "nsenter"), "util-linux"),
}
"""What a sandbox requires, with the name of the product that each program is part of."""
SLIRP = "slirp4netns"
"""Connects a sandbox to the network outside; optional."""
PACKAGES = {
    "dockerd": "docker.io",
    "docker": "docker.io",
    **dict.fromkeys(("setpriv", "unshare", "nsenter"), "util-linux"),
}
"""Debian's packages that are not named like the program."""
APART = 13
"""The Debian version in which the ``docker`` command got its own package, ``docker-cli``."""
_SYSTEM = ("/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/local/bin", "/usr/bin", "/bin")


def package(name: str, debian: int = 0) -> str:
    """The package with this program in this Debian version (0: an older one, or another system with apt)."""
    return "docker-cli" if name == "docker" and debian >= APART else PACKAGES.get(name, name)


def installing(name: str) -> str:
    """How to install this program, for people on any Linux."""
    packages = " or ".join(dict.fromkeys((package(name, APART), package(name))))
    service = " Its service need not run." if name == "dockerd" else ""
    return f"Install {PROGRAMS.get(name, name)} (Debian and Ubuntu: sudo apt-get install {packages}).{service}"


def search_path(path: str) -> str:
    """A PATH that also has the folders of system programs, which a plain ``su`` leaves out."""
    folders = [folder for folder in path.split(os.pathsep) if folder]
    return os.pathsep.join([*folders, *(folder for folder in _SYSTEM if folder not in folders)])


def find(name: str) -> str | None:
    """The full path of a program, or ``None`` if it is not installed."""
    return shutil.which(name, path=search_path(os.environ.get("PATH", "")))


def program(name: str) -> str:
    """The full path of a program; raises ``SandboxError`` if it is missing."""
    return require(name, search_path(os.environ.get("PATH", "")))


def require(name: str, path: str) -> str:
    """The full path of a program on ``path``; raises ``SandboxError`` if it is missing."""
    found = shutil.which(name, path=path)
    if found is None:
        raise SandboxError(f"A sandbox needs the program {name}, which is not installed here.", installing(name))
    return found
