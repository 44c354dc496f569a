"""Demands on the engine's containers."""

from __future__ import annotations

from typing import ClassVar

from labcheck.check import Check, failed, passed, unseen
from labcheck.checks import trace
from labcheck.checks.origin import made_from, unclear
from labcheck.checks.whose import removing
from labcheck.engine import Binding, Container, ListedContainer
from labcheck.name import matches
from labcheck.past import Past
from labcheck.query import ContainerList, ContainerNamed, ImageList, Ping, Query
from labcheck.snapshot import Absent, Found, Unknown
from labcheck.verdict import Finding, Fix

NOT_RUNNING = {
    "starting": "it was made a moment ago, and is being started",
    "created": "it was created, but never started",
    "exited": "it has stopped",
    "paused": "it is paused",
    "restarting": "it keeps stopping and starting again",
    "dead": "the engine could not stop it properly",
    "removing": "it is being removed",
}


class ContainerRuns(Check, frozen=True, kw_only=True, tag="container-runs"):
    """A container of this name runs this image. Without a tag in ``image``, any tag of the repository will do."""

    name: str
    image: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"The container {self.name} runs the image {self.image}"

    @property
    def queries(self) -> tuple[Query, ...]:
        """The container; and all images, for one that was started by an id."""
        return ContainerNamed(self.name), ImageList(), ContainerList()

    @property
    def mentions(self) -> tuple[str, ...]:
        """The image it must run."""
        return (self.image,)

    def judge(self, past: Past) -> Finding:
        """Pass if it runs now, made from that image."""
        expected = f"a running container {self.name}, made from {self.image}"
        match past.now(ContainerNamed(self.name)):
            case Found(container):
                if not made_from(container, self.image, past):
                    if blind := unclear(past):
                        return unseen(expected, blind)
                    return failed(expected, f"{self.name} is made from {container.image}")
                if container.status != "running":
                    return failed(expected, _stopped(container, past))
                return passed(f"{self.name} runs {container.image}")
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return failed(expected, f"there is no container called {self.name}")

    def recall(self, past: Past) -> Finding | None:
        """A container that is gone: the engine's events prove that it ran, and from which image."""
        event = trace.started(past, self.name)
        if isinstance(past.now(ContainerNamed(self.name)), Absent) and event and matches(event.image, self.image):
            return passed(f"{self.name} ran {event.image}, as the engine's events tell")
        return None


class PortPublished(Check, frozen=True, kw_only=True, tag="port-published"):
    """``localhost:host_port`` leads to this port of the container."""

    name: str
    container_port: int
    host_port: int

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"localhost:{self.host_port} leads to port {self.container_port} of {self.name}"

    @property
    def queries(self) -> tuple[Query, ...]:
        """The container; and who answers there, should a registry have been told to listen on another port."""
        return ContainerNamed(self.name), Ping(f"localhost:{self.host_port}")

    def judge(self, past: Past) -> Finding:
        """Pass if it is published now, on an address that localhost reaches, in either address family."""
        expected = f"port {self.container_port} published on port {self.host_port} of localhost"
        pong = past.now(Ping(f"localhost:{self.host_port}"))
        match past.now(ContainerNamed(self.name)):
            case Found(container):
                if self.is_met(container):
                    return passed(f"port {self.container_port} is published on port {self.host_port}")
                if self.host_port in container.reached_ports and isinstance(pong, Found) and pong.value.is_registry:
                    return passed(f"a registry answers on port {self.host_port}, wherever it listens inside")
                if self.host_port in container.reached_ports and isinstance(pong, Unknown) and not pong.broke_off:
                    return unseen(expected, pong)
                return failed(expected, _ports(container.live_bindings or container.bindings, container.status))
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return failed(expected, f"there is no container called {self.name}")

    def is_met(self, container: Container) -> bool:
        """Whether this container has the port published so."""
        if container.shares_host_network:
            return container.status == "running" and self.host_port == self.container_port
        return any(
            binding.container_port == self.container_port
            and binding.host_port == self.host_port
            and binding.reaches_localhost
            for binding in container.live_bindings
        )

    def recall(self, past: Past) -> Finding | None:
        """No event tells of a port."""
        return _nobody_looked(past, self.name, "its ports")


class RestartPolicy(Check, frozen=True, kw_only=True, tag="restart-policy"):
    """The engine restarts the container by this policy."""

    name: str
    policy: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"The restart policy of {self.name} is {self.policy}"

    @property
    def queries(self) -> tuple[Query, ...]:
        """The container."""
        return (ContainerNamed(self.name),)

    def judge(self, past: Past) -> Finding:
        """Pass if it is exactly that policy."""
        expected = f"the restart policy {self.policy}"
        match past.now(ContainerNamed(self.name)):
            case Found(container):
                policy = container.restart_policy
                return passed(f"it is {policy}") if policy == self.policy else failed(expected, f"it is {policy}")
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return failed(expected, f"there is no container called {self.name}")

    def recall(self, past: Past) -> Finding | None:
        """No event tells of a policy."""
        return _nobody_looked(past, self.name, "its restart policy")

    def fix(self, past: Past) -> Fix:
        """Change the policy of the container that is there."""
        if isinstance(past.now(ContainerNamed(self.name)), Found):
            return Fix((f"docker update --restart={self.policy} {self.name}",))
        return Fix()


class ContainerAbsent(Check, frozen=True, kw_only=True, tag="container-absent"):
    """There is no container of this name, running or not."""

    demands_absence: ClassVar[bool] = True

    name: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"The container {self.name} is removed"

    @property
    def queries(self) -> tuple[Query, ...]:
        """The container; and all, since one that was only renamed is still there."""
        return ContainerNamed(self.name), ContainerList()

    def judge(self, past: Past) -> Finding:
        """Pass if the engine has none of that name, and the one that had it last has gone."""
        expected = f"no container called {self.name}"
        match past.now(ContainerNamed(self.name)):
            case Found(container):
                stopped = "it still runs" if container.status == "running" else "it has stopped, but it is still there"
                return failed(expected, stopped)
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _ if renamed := self._renamed(past):
                return failed(expected, f"it was not removed, only renamed: it is called {renamed} now")
            case _ if isinstance(listed := past.now(ContainerList()), Unknown) and self._may_be_renamed(past):
                return unseen(expected, listed)
            case _:
                return passed(f"there is no container called {self.name}")

    def recall(self, past: Past) -> Finding | None:
        """A container that was removed and made again: the engine's events prove the removal."""
        gone = trace.destroyed(past, self.name)
        return passed(f"{self.name} was removed, as the engine's events tell") if gone else None

    def fix(self, past: Past) -> Fix:
        """Stop it if it runs, then remove it."""
        match past.now(ContainerNamed(self.name)):
            case Found(container) if container.status in {"running", "restarting", "paused"}:
                return Fix((f"docker stop {self.name}", f"docker rm {self.name}"))
            case Found():
                return Fix((f"docker rm {self.name}",))
            case _ if renamed := self._renamed(past):
                return Fix((f"docker rm -f {renamed}",))
            case _:
                return Fix()

    def _renamed(self, past: Past) -> str:
        """What the container that had the name last is called now, if it is still there."""
        was, listed = past.last_found(ContainerNamed(self.name)), past.now(ContainerList())
        here = listed.value.listed if was and isinstance(listed, Found) else ()
        return next((it.name for it in here if was and it.id == was.id), "")

    def _may_be_renamed(self, past: Past) -> bool:
        was, gone = past.last_found(ContainerNamed(self.name)), trace.destroyed(past, self.name)
        return was is not None and (gone is None or gone.actor != was.id)


class NoContainerOf(Check, frozen=True, kw_only=True, tag="no-container-of"):
    """No container, running or not, is made from one of these images: Docker would keep the image."""

    demands_absence: ClassVar[bool] = True

    images: tuple[str, ...]

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"No container uses {', '.join(self.images)}"

    @property
    def queries(self) -> tuple[Query, ...]:
        """All containers; and all images, for those that were started by an id."""
        return ContainerList(), ImageList()

    @property
    def mentions(self) -> tuple[str, ...]:
        """The images."""
        return self.images

    def judge(self, past: Past) -> Finding:
        """Pass if none is there."""
        match past.now(ContainerList()):
            case Found(containers):
                using = self.using(containers.listed, past)
                if not using and containers.listed and (blind := unclear(past)):
                    return unseen(self.title.lower(), blind)
                names = ", ".join(f"{it.name} ({it.image.removeprefix('sha256:')[:40]})" for it in using)
                return failed(self.title.lower(), f"there is {names}") if using else passed("there is none")
            case Unknown() as unknown:
                return unseen(self.title.lower(), unknown)
            case _:
                return passed("there is none")

    def recall(self, past: Past) -> Finding | None:
        """Containers made after an image was removed: at that moment they were not there."""
        removed = max((event.at for event in past.events("image/delete")), default=None)
        listed = past.now(ContainerList())
        if removed is None or not isinstance(listed, Found):
            return None
        made = {event.actor: event.at for event in past.events("container/create")}
        if all(made.get(container.id, 0) > removed for container in self.using(listed.value.listed, past)):
            return passed("they were made after the images had been removed, as the engine's events tell")
        return None

    def using(self, containers: tuple[ListedContainer, ...], past: Past) -> tuple[ListedContainer, ...]:
        """Those of the containers that are made from one of the images."""
        return tuple(it for it in containers if any(made_from(it, image, past) for image in self.images))

    def fix(self, past: Past) -> Fix:
        """Remove those containers."""
        seen = past.now(ContainerList())
        using = self.using(seen.value.listed, past) if isinstance(seen, Found) else ()
        return removing(past, (container.name for container in using))


def _stopped(container: Container, past: Past) -> str:
    status = "starting" if trace.starting(past, container) else container.status
    return f"{container.name}: {NOT_RUNNING.get(status, f'its state is {status}')}"


def _ports(bindings: tuple[Binding, ...], status: str) -> str:
    if not bindings:
        return "it publishes no port"
    ports = ", ".join(sorted({f"{binding.container_port} on {binding.host_port}" for binding in bindings}))
    return f"it publishes {ports}" if status == "running" else f"it would publish {ports}, but it does not run"


def _nobody_looked(past: Past, container: str, what: str) -> Finding | None:
    gone = isinstance(past.now(ContainerNamed(container)), Absent)
    if gone and trace.started(past, container):
        return unseen(f"a look at {what} while {container} ran", f"{container} ran, but was removed before a look")
    return None
