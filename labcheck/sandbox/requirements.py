"""What a machine must have before a sandbox can be made there, each with its remedy.

It looks only; it installs nothing.
"""

from __future__ import annotations

import os
import shutil
import sys

from labcheck.errors import SandboxError

PROGRAMS = {
    "dockerd": "Install Docker Engine (Debian and Ubuntu: sudo apt-get install docker.io). Its service need not run.",
    "docker": "Install Docker's command line (Debian and Ubuntu: sudo apt-get install docker-cli, or docker.io).",
    "containerd": "Install containerd (Debian and Ubuntu: sudo apt-get install containerd).",
    "runc": "Install runc (Debian and Ubuntu: sudo apt-get install runc).",
    "iptables": "Install iptables (Debian and Ubuntu: sudo apt-get install iptables).",
    "setpriv": "Install util-linux (Debian and Ubuntu: sudo apt-get install util-linux).",
    "unshare": "Install util-linux (Debian and Ubuntu: sudo apt-get install util-linux).",
    "nsenter": "Install util-linux (Debian and Ubuntu: sudo apt-get install util-linux).",
}
_SYSTEM = ("/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/local/bin", "/usr/bin", "/bin")


def search_path(path: str) -> str:
    """A PATH that also has the folders of system programs, which a plain ``su`` leaves out."""
    folders = [folder for folder in path.split(os.pathsep) if folder]
    return os.pathsep.join([*folders, *(folder for folder in _SYSTEM if folder not in folders)])


def program(name: str) -> str:
    """The full path of a program; raises ``SandboxError`` where it is lacking."""
    return require(name, search_path(os.environ.get("PATH", "")))


def require(name: str, path: str) -> str:
    """The full path of a program that is somewhere on ``path``."""
    found = shutil.which(name, path=path)
    if found is None:
        raise SandboxError(f"A sandbox needs the program {name}, which is not installed here.", PROGRAMS[name])
    return found


def check(*, uid: int, path: str) -> None:
    """Raise ``SandboxError`` for the first thing that is lacking."""
    if sys.platform != "linux":
        raise SandboxError("A sandbox of this kind needs Linux.", "Run the course on Linux or in a Linux machine.")
    for name in PROGRAMS:
        require(name, search_path(path))
    if uid != 0:
        raise SandboxError("Only root can make a sandbox.", "Put sudo before the command.")
