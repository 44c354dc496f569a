"""Machines made by hand, for the doctor to judge: one as it should be, one with an engine only, one with nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from labcheck.cause import EngineNotRunning, NotAsked, Where
from labcheck.doctor.disk_space import Room
from labcheck.doctor.facts.connection import Attempt, Connection
from labcheck.doctor.facts.control_groups import Cgroups
from labcheck.doctor.facts.docker_command import Client
from labcheck.doctor.facts.docker_hub import Hub
from labcheck.doctor.facts.localhost import Localhost
from labcheck.doctor.facts.person import Person
from labcheck.doctor.facts.proxies import Proxies
from labcheck.doctor.facts.sandbox_kernel import Kernel
from labcheck.doctor.facts.software import Software
from labcheck.doctor.machine import Machine
from labcheck.doctor.order import FACTS
from labcheck.doctor.system import System
from labcheck.observe.engine.endpoint import Endpoint
from labcheck.sandbox.outside.lacking import OR_ROOT
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
ALLOWED_BY_PODMAN = {
    "InsecureRegistryCIDRs": [],
    "IndexConfigs": {
        "docker.io": {"Name": "docker.io", "Secure": True},
        "localhost:5000": {"Name": "localhost:5000", "Secure": False},
    },
}
"""As Podman 5.8.6 answers when localhost:5000 was insecure in its registries.conf at its start."""

NOT_RUNNING = Unknown(f"The Docker engine is not running: there is no {SOCKET}.", EngineNotRunning(Where(SOCKET)))
NO_ENGINE: dict[str, Any] = {
    "connection": Found(Connection(SOCKET, Attempt.MISSING)),
    "engine_version": Unknown("The Docker engine does not answer.", NotAsked()),
    "engine_info": NOT_RUNNING,
    "complaint": Unknown("The Docker engine does not answer.", NotAsked()),
    "engine_data": NOT_RUNNING,
}
NO_SANDBOX: dict[str, Any] = {
    "person": Found(BEN),
    "rootless": Found(("Without root, a sandbox needs this.", f"Do that.\n{OR_ROOT}")),
    "kernel": Found(Kernel(namespaces=False, mounts=False, overlay=False)),
}

BY_NAME = {it.name: it for it in FACTS}


def machine(system: System, **seen: Any) -> Machine:  # noqa: ANN401 - whatever evidence a fact has
    """A machine of which this was seen, by the names of the facts."""
    return Machine(system, {BY_NAME[name]: evidence for name, evidence in seen.items()})


def changed(machine: Machine, *, system: System | None = None, **seen: Any) -> Machine:  # noqa: ANN401 - as above
    """The same machine but for this."""
    changed = machine.having({BY_NAME[name]: evidence for name, evidence in seen.items()})
    return replace(changed, system=system or machine.system)


def inside(machine: Machine) -> Machine:
    """The same machine in a sandbox, whose engine answers."""
    info = Found({**INFO, "Labels": ["labcheck.sandbox=1234"]})
    return changed(machine, system=replace(machine.system, sandbox="1234"), engine_info=info)


READY = machine(
    System("linux", "desk", has_systemd=True, debian=12),
    person=Found(ROOT),
    software=Found(Software("3.11.2", "/usr/bin/python3", "/usr/bin/labcheck", "4.4.1", "jupyterlab<5,>=4.4")),
    chosen=Found(USUAL),
    contexts=Found((("default", f"unix://{SOCKET}"),)),
    other_sockets=Found(()),
    connection=Found(Connection(SOCKET, Attempt.CONNECTED, "docker")),
    engine_version=Found(VERSION),
    engine_info=Found(INFO),
    publishing=Found(()),
    client=Found(Client("28.2.2", "1.50")),
    complaint=Found(""),
    programs=Found(frozenset({*PROGRAMS, "apt-get", "slirp4netns", "sudo"})),
    rootless=Absent(),
    kernel=Found(Kernel(namespaces=True, mounts=True, overlay=True)),
    cgroups=Found(Cgroups(2, writable=True)),
    listeners=Found(()),
    answering=Absent(),
    loopback=Found(Localhost(("::1", "127.0.0.1"), has_ipv4=True, has_ipv6=True)),
    settings=Absent(),
    course_home=Found(Room("/home/ada/.local/share/labcheck", 50 * GIGA, filesystem="ext4")),
    other_home=Found("/home/ada/labcheck"),
    engine_data=Found(Room("/var/lib/docker", 50 * GIGA, filesystem="ext4")),
    free_memory=Found(8 * GIGA),
    pulls=Found(Hub(100, 96, 21600)),
    course_images=Found(4),
    proxies=Found(Proxies()),
    variables=Found(frozenset()),
    default_platform=Found(""),
    image_source=Found(""),
)
"""Root, with all a sandbox needs and an engine besides."""
ENGINE_ONLY = changed(READY, **NO_SANDBOX)
"""Somebody without root, with an engine that answers."""
NOTHING = changed(READY, **NO_SANDBOX, **NO_ENGINE)
"""Neither root nor an engine."""
INSIDE = inside(READY)
"""In a sandbox."""
