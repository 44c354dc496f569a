"""What the course's container asks of Docker, as its API takes it, and what that means in words.

It is what an engine in a container needs, rather than ``--privileged``: no device of the machine is in it, and no
socket of the engine that it runs on.
"""

from __future__ import annotations

from dataclasses import dataclass

from labcheck import loopback
from labcheck.sandbox.container.places import ENGINE, HOME, IDS, NOTEBOOKS, PORT

LABEL = "labcheck.container"
"""The label of all that the course makes in the learner's engine; its value says for which home of the course."""
FOLDER = "labcheck.notebooks"
"""The container's label with the learner's folder, as it was asked for; the engine may know it by another path."""
CAPABILITIES = ("SYS_ADMIN", "NET_ADMIN", "SYS_PTRACE")
"""For mounts and namespaces; for the network of containers; to find the learner's terminals, and tell them things."""
UNCONFINED = ("seccomp=unconfined", "apparmor=unconfined")
"""The limits that forbid a container to mount, whatever its capabilities are."""
PAGE = f"{PORT}/tcp"
PASSED_ON = (
    *("LABCHECK_IMAGES", "LABCHECK_PROMPT", "LABCHECK_SEED", "LABCHECK_TYPED", "TZ"),
    *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"),
)
"""The learner's variables that mean the same in the container."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the container of this home shall be."""

    home: str
    """Which home of the course: the value of the label."""
    image: str
    folder: str
    """The learner's folder, as the engine takes its path."""
    uid: int
    gid: int
    port: int = 0
    """On the machine's loopback; 0 for any."""

    @property
    def name(self) -> str:
        """The container's name."""
        return f"labcheck-{self.home}"


def meaning(folder: str) -> str:
    """What such a container may do, for those who are asked whether it may be made."""
    return (
        "The course would run in a container of your Docker engine, with an engine of its own in it.\n"
        f"It asks for more than others: {', '.join(CAPABILITIES)}, and no limits by seccomp and AppArmor. "
        "Root in it, and so whoever uses the course's engine, could with some effort become root of the machine "
        "on which your engine runs. With Docker Desktop that is its virtual machine.\n"
        f"Of your files it is given only {folder}. "
        "It is not given your engine's socket, so the labs reach none of your images and containers.\n"
        f"Its page is published on {loopback.ADDRESS} only. What it keeps is in two volumes; labcheck sandbox remove "
        "removes the engine's data."
    )


def volumes(home: str) -> tuple[str, str]:
    """The names of the volumes: with the learner's home, where the journal is, and with the engine's data."""
    return f"labcheck-{home}-home", f"labcheck-{home}-engine"


def settings(wanted: Wanted, own: dict[str, str]) -> dict[str, object]:
    """The body of ``POST /containers/create``; ``own`` are the learner's environment variables."""
    kept, data = volumes(wanted.home)
    passed = {name: own[name] for name in PASSED_ON if name in own}
    return {
        "Image": wanted.image,
        "Hostname": "labcheck",
        "Labels": {LABEL: wanted.home, FOLDER: wanted.folder},
        "Env": [f"{name}={value}" for name, value in {**passed, IDS: f"{wanted.uid}:{wanted.gid}"}.items()],
        "ExposedPorts": {PAGE: {}},
        "HostConfig": {
            "CapAdd": list(CAPABILITIES),
            "SecurityOpt": list(UNCONFINED),
            "CgroupnsMode": "private",
            "Mounts": [
                _volume(kept, str(HOME), wanted.home),
                _volume(data, str(ENGINE), wanted.home),
                {"Type": "bind", "Source": wanted.folder, "Target": str(NOTEBOOKS)},
            ],
            "PortBindings": {PAGE: [{"HostIp": loopback.ADDRESS, "HostPort": str(wanted.port or "")}]},
        },
    }


def _volume(name: str, place: str, home: str) -> dict[str, object]:
    options = {"NoCopy": True, "Labels": {LABEL: home}}
    return {"Type": "volume", "Source": name, "Target": place, "VolumeOptions": options}
