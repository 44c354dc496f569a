"""What engines are called that listen elsewhere than in the usual place, and how each of them is started."""

from __future__ import annotations

import re

from labcheck.doctor.conclusion import AsRoot, Remedy
from labcheck.doctor.system import System

_NAMES = (
    (re.compile(r"/\.(config/)?colima/"), "Colima"),
    (re.compile(r"/\.rd/"), "Rancher Desktop"),
    (re.compile(r"/\.orbstack/"), "OrbStack"),
    (re.compile(r"/\.lima/"), "Lima"),
    (re.compile(r"/\.docker/desktop/|^/Users/.*/\.docker/run/"), "Docker Desktop"),
    (re.compile(r"podman"), "Podman"),
    (re.compile(r"/run/user/\d+/docker\.sock$|/\.docker/run/"), "Rootless Docker"),
)
STARTING: dict[str, Remedy] = {
    "Colima": ("Start Colima:", "colima start"),
    "Rancher Desktop": ("Start Rancher Desktop, with dockerd as its engine.",),
    "OrbStack": ("Start OrbStack:", "orb start"),
    "Lima": ("Start Lima's machine:", "limactl start docker"),
}
"""Where that is the same on every system."""


def product(socket: str) -> str:
    """The product whose socket this is, judged by its path; the empty string for the usual place and any other."""
    return next((name for pattern, name in _NAMES if pattern.search(socket)), "")


def start_product(socket: str, system: System) -> Remedy | None:
    """How to start a product's own engine; ``None`` if the socket is of no product that we know."""
    name = product(socket)
    if name == "Docker Desktop":
        by = {"darwin": ("open -a Docker",), "linux": ("systemctl --user start docker-desktop",)}
        return "Start Docker Desktop:", *by.get(system.kind, ())
    if name == "Rootless Docker":
        by_hand = "dockerd-rootless.sh &"
        return "Start the rootless engine:", "systemctl --user start docker" if system.has_systemd else by_hand
    if name == "Podman":
        return "Start Podman's socket:", _podman(socket, system)
    return STARTING.get(name)


def _podman(socket: str, system: System) -> str:
    if "/machine/" in socket:
        return "podman machine start"
    of_root = socket.startswith("/run/podman/")
    if system.has_systemd:
        return AsRoot("systemctl start podman.socket") if of_root else "systemctl --user start podman.socket"
    serve = f"podman system service --time=0 unix://{socket} &"
    return AsRoot(serve) if of_root else serve
