"""Machines made by hand, for the doctor to judge: one as it should be, one with an engine only, one with nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from labcheck.cause import EngineNotRunning, NotAsked, RootRequired, Where
from labcheck.observe.engine.endpoint import Endpoint
from labcheck.observe.machine import (
    Cgroups,
    Client,
    Door,
    Hub,
    Knock,
    Localhost,
    Machine,
    Person,
    Room,
    Software,
    System,
    Trial,
)
from labcheck.sandbox.programs import PROGRAMS
from labcheck.snapshot import Absent, Found, Unknown

GIGA = 1024**3
SOCKET = "/var/run/docker.sock"
USUAL = Endpoint(f"http+unix://{SOCKET}", "")
ROOT = Person(0, "root", frozenset({"root"}), frozenset({"root"}))
ADA = Person(1000, "ada", frozenset({"ada", "sudo"}), frozenset({"ada", "sudo"}))
"""Somebody who may put sudo before a command."""
BEN = Person(1001, "ben", frozenset({"ben"}), frozenset({"ben"}))

VERSION = {"Version": "28.2.2", "ApiVersion": "1.50", "MinAPIVersion": "1.24", "Components": [{"Name": "Engine"}]}
VERSION |= {"Os": "linux", "Arch": "amd64"}
INFO = {
    "ServerVersion": "28.2.2",
    "Name": "desk",
    "OSType": "linux",
    "OperatingSystem": "Debian GNU/Linux 12 (bookworm)",
    "Driver": "overlay2",
    "DriverStatus": [["Backing Filesystem", "extfs"]],
    "DockerRootDir": "/var/lib/docker",
    "HttpProxy": "",
    "HttpsProxy": "",
    "Images": 42,
    "SecurityOptions": ["name=seccomp,profile=builtin"],
    "RegistryConfig": {
        "InsecureRegistryCIDRs": ["::1/128", "127.0.0.0/8"],
        "IndexConfigs": {"docker.io": {"Name": "docker.io", "Secure": True}},
    },
}
PODMAN = {"Version": "4.3.1", "ApiVersion": "1.41", "MinAPIVersion": "1.24", "Components": [{"Name": "Podman Engine"}]}
"""As Podman 4.3.1 answers, reduced."""

NOT_RUNNING = Unknown(f"The Docker engine is not running: there is no {SOCKET}.", EngineNotRunning(Where(SOCKET)))
NO_ENGINE: dict[str, Any] = {
    "door": Found(Door(SOCKET, Knock.MISSING)),
    "version": Unknown("The Docker engine does not answer.", NotAsked()),
    "info": NOT_RUNNING,
    "complaint": Unknown("The Docker engine does not answer.", NotAsked()),
    "data": NOT_RUNNING,
}
NO_SANDBOX: dict[str, Any] = {
    "person": Found(BEN),
    "trial": Unknown("Only root can try whether a sandbox can be made.", RootRequired()),
}
SANDBOXED: dict[str, Any] = {"sandbox": "1234", "info": Found({**INFO, "Labels": ["labcheck.sandbox=1234"]})}

READY = Machine(
    system=System("linux", "desk", has_systemd=True, debian=12),
    person=Found(ROOT),
    software=Found(Software("3.11.2", "/usr/bin/python3", "/usr/bin/labcheck", "4.4.1", "jupyterlab<5,>=4.4")),
    endpoint=Found(USUAL),
    contexts=Found((("default", f"unix://{SOCKET}"),)),
    places=Found(()),
    door=Found(Door(SOCKET, Knock.OPEN, "docker")),
    version=Found(VERSION),
    info=Found(INFO),
    publishing=Found(()),
    client=Found(Client("28.2.2", "1.50")),
    complaint=Found(""),
    programs=Found(frozenset({*PROGRAMS, "apt-get", "slirp4netns", "sudo"})),
    trial=Found(Trial(namespaces=True, mounts=True, overlay=True)),
    cgroups=Found(Cgroups(2, writable=True)),
    listeners=Found(()),
    pong=Absent(),
    localhost=Found(Localhost(("::1", "127.0.0.1"), has_ipv4=True, has_ipv6=True)),
    settings=Absent(),
    home=Found(Room("/home/ada/.local/share/labcheck", 50 * GIGA, filesystem="ext4")),
    spare=Found("/home/ada/labcheck"),
    data=Found(Room("/var/lib/docker", 50 * GIGA, filesystem="ext4")),
    memory=Found(8 * GIGA),
    hub=Found(Hub(100, 96, 21600)),
    images=Found(4),
)
"""Root, with all a sandbox needs and an engine besides."""
ENGINE_ONLY = replace(READY, **NO_SANDBOX)
"""Somebody without root, with an engine that answers."""
NOTHING = replace(READY, **NO_SANDBOX, **NO_ENGINE)
"""Neither root nor an engine."""
INSIDE = replace(READY, **SANDBOXED)
"""In a sandbox."""
