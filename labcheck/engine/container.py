"""A container as an engine reports it, inspected or listed, and its published ports."""

from __future__ import annotations

from datetime import datetime

import msgspec

from labcheck import loopback
from labcheck.cached import cached_property
from labcheck.document import Document, items, mapping, number, text, texts, truth, whole

EVERYWHERE = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 - recognised here, never bound
LOOPBACK = frozenset(loopback.NAMES)
STOPPED = frozenset({"created", "configured", "initialized", "exited", "stopped", "dead"})
"""The states in which a container has no port of the host, though Podman goes on listing its ports."""


class Binding(msgspec.Struct, frozen=True):
    """A port of a container, published on a port of the host: ``-p address:host_port:container_port``."""

    address: str
    host_port: int
    container_port: int

    @property
    def reaches_localhost(self) -> bool:
        """Whether ``localhost`` on the engine's host leads to it (either address family will do)."""
        return self.address in EVERYWHERE or self.address in LOOPBACK


class Container(msgspec.Struct, frozen=True, dict=True):
    """One container, from ``docker inspect``."""

    document: Document

    @cached_property
    def id(self) -> str:
        """The container's id."""
        return text(self.document, "Id")

    @cached_property
    def name(self) -> str:
        """The name, without the slash the API puts before it."""
        return text(self.document, "Name").removeprefix("/")

    @cached_property
    def created(self) -> int:
        """When it was created, in nanoseconds of the engine's own clock; 0 if unknown."""
        try:
            return int(datetime.fromisoformat(text(self.document, "Created")).timestamp() * 1_000_000) * 1000
        except (ValueError, OverflowError):
            return 0

    @cached_property
    def image(self) -> str:
        """The image as it was typed in ``docker run``: a reference or an id."""
        return text(self.document, "Config", "Image")

    @cached_property
    def image_id(self) -> str:
        """The id of the image it was created from."""
        return text(self.document, "Image")

    @cached_property
    def status(self) -> str:
        """``created``, ``running``, ``paused``, ``restarting``, ``removing``, ``exited`` or ``dead``."""
        return text(self.document, "State", "Status")

    @cached_property
    def exit_code(self) -> int:
        """The exit code of the last run."""
        return number(self.document, "State", "ExitCode")

    @cached_property
    def error(self) -> str:
        """Why the engine could not start it, in the engine's words."""
        return text(self.document, "State", "Error")

    @cached_property
    def bindings(self) -> tuple[Binding, ...]:
        """The ports as requested; they stay when the container stops."""
        return _bindings(mapping(self.document, "HostConfig", "PortBindings"))

    @cached_property
    def live_bindings(self) -> tuple[Binding, ...]:
        """The ports as they are published now; none while the container is stopped."""
        return _bindings(mapping(self.document, "NetworkSettings", "Ports")) if self.status not in STOPPED else ()

    @cached_property
    def reached_ports(self) -> frozenset[int]:
        """The ports of localhost that currently lead to it."""
        return frozenset(live.host_port for live in self.live_bindings if live.reaches_localhost)

    @cached_property
    def restarts(self) -> int:
        """How often the engine has restarted it."""
        return number(self.document, "RestartCount")

    @cached_property
    def out_of_memory(self) -> bool:
        """Whether its last run was killed because it exceeded its memory limit."""
        return truth(self.document, "State", "OOMKilled")

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """The names of its environment variables; their values are never kept."""
        return texts(self.document, "Config", "Env")

    @cached_property
    def attached(self) -> bool:
        """Whether its output was to go to a terminal: ``docker run`` without ``-d``, or ``docker create``."""
        return truth(self.document, "Config", "AttachStdout")

    @cached_property
    def is_removed_at_its_end(self) -> bool:
        """Whether it was run with ``--rm``."""
        return truth(self.document, "HostConfig", "AutoRemove")

    @cached_property
    def volumes(self) -> tuple[tuple[str, str], ...]:
        """Its volumes: the name of each, and where in the container it is."""
        return tuple(
            (name, text(mount, "Destination"))
            for mount in items(self.document, "Mounts")
            if text(mount, "Type") == "volume" and (name := text(mount, "Name"))
        )

    @cached_property
    def bound(self) -> frozenset[str]:
        """The folders in it that are folders of the host: ``-v /folder:/folder``."""
        mounts = items(self.document, "Mounts")
        return frozenset(text(mount, "Destination") for mount in mounts if text(mount, "Type") == "bind")

    @cached_property
    def network(self) -> str:
        """The network it was run in: ``default``, ``bridge``, ``host``, ``none``, or one of the learner's."""
        return text(self.document, "HostConfig", "NetworkMode")

    @cached_property
    def shares_host_network(self) -> bool:
        """Whether it was run with ``--network host``, where each port it opens is the host's own."""
        return self.network == "host"

    @cached_property
    def restart_policy(self) -> str:
        """``no``, ``always``, ``unless-stopped`` or ``on-failure``; before Engine 25 "no" was the empty string."""
        return text(self.document, "HostConfig", "RestartPolicy", "Name") or "no"


class ListedContainer(msgspec.Struct, frozen=True, dict=True):
    """One container, from ``docker ps -a``."""

    document: Document

    @cached_property
    def id(self) -> str:
        """The container's id."""
        return text(self.document, "Id")

    @cached_property
    def name(self) -> str:
        """The name, without the slash the API puts before it."""
        return next((name.removeprefix("/") for name in texts(self.document, "Names")), "")

    @cached_property
    def image(self) -> str:
        """The image as it was typed, or its id if the name now belongs to another image."""
        return text(self.document, "Image")

    @cached_property
    def image_id(self) -> str:
        """The id of the image it was created from."""
        return text(self.document, "ImageID")

    @cached_property
    def status(self) -> str:
        """``running``, ``exited``, ...: the same words as in ``docker inspect``."""
        return text(self.document, "State")

    @cached_property
    def created(self) -> int:
        """When it was created, in nanoseconds of the engine's own clock, to the second; 0 if unknown."""
        return number(self.document, "Created") * 1_000_000_000

    @cached_property
    def shares_host_network(self) -> bool:
        """Whether it was run with ``--network host``, where each port it opens is the host's own."""
        return text(self.document, "HostConfig", "NetworkMode") == "host"

    @cached_property
    def bindings(self) -> tuple[Binding, ...]:
        """The ports as they are published now; none while the container is stopped."""
        ports = items(self.document, "Ports") if self.status not in STOPPED else ()
        return tuple(
            Binding(text(port, "IP"), public, number(port, "PrivatePort"))
            for port in ports
            if (public := number(port, "PublicPort"))
        )


def _bindings(ports: Document) -> tuple[Binding, ...]:
    found = []
    for port, hosts in ports.items():
        inside = whole(port.removesuffix("/tcp"))
        for host in hosts if isinstance(hosts, list) else []:
            outside = whole(text(host, "HostPort"))
            if inside is not None and outside is not None:
                found.append(Binding(text(host, "HostIp"), outside, inside))
    return tuple(found)
