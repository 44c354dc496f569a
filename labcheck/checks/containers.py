"""Checks on which containers exist: one that runs an image, none of a name, none of an image."""

from __future__ import annotations

from typing import ClassVar

from labcheck.check import Check, failed, passed, unseen
from labcheck.checks import trace
from labcheck.checks.origin import made_from, names, unclear
from labcheck.checks.whose import removing
from labcheck.document import whole
from labcheck.engine import Container, ListedContainer
from labcheck.name import matches
from labcheck.past import Past
from labcheck.query import ContainerList, ContainerNamed, ImageList, Ping, Query
from labcheck.snapshot import Absent, Found, Unknown
from labcheck.verdict import Finding, Fix

NOT_RUNNING = {
    "starting": "it was created a moment ago, and is being started",
    "created": "it was created, but never started",
    "exited": "it has stopped",
    "paused": "it is paused",
    "restarting": "it keeps stopping and starting again",
    "dead": "the engine could not stop it properly",
    "removing": "it is being removed",
}


class ContainerRuns(Check, frozen=True, kw_only=True, tag="container-runs"):
    """A container of this name runs this image. Without a tag in ``image``, any tag of the repository will do.

    With ``or_registry_at``, any other image will do if it behaves as a registry: the container has the port of this
    domain, and a registry answers there.
    """

    name: str
    image: str
    or_registry_at: str | None = None

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"The container {self.name} runs the image {self.image}"

    @property
    def queries(self) -> tuple[Query, ...]:
        """The container; all images, in case it was started by an image id; and what answers at the domain."""
        pings = (Ping(self.or_registry_at),) if self.or_registry_at else ()
        return ContainerNamed(self.name), ImageList(), ContainerList(), *pings

    @property
    def mentions(self) -> tuple[str, ...]:
        """The image it must run."""
        return (self.image,)

    def judge(self, past: Past) -> Finding:
        """Pass if it runs now and was created from that image."""
        expected = f"a running container {self.name}, created from {self.image}"
        match past.now(ContainerNamed(self.name)):
            case Found(container):
                if not made_from(container, self.image, past):
                    if blind := unclear(past) or self.unanswered(container, past):
                        return unseen(expected, blind)
                    if not self.is_registry(container, past):
                        return failed(expected, f"{self.name} was created from {container.image}")
                if container.status != "running":
                    return failed(expected, _stopped(container, past))
                return passed(f"{self.name} runs {container.image}")
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return failed(expected, f"there is no container called {self.name}")

    def recall(self, past: Past) -> Finding | None:
        """For a container that is gone, the engine's events prove that it ran, and from which image."""
        event = trace.started(past, self.name)
        if event is None or not isinstance(past.now(ContainerNamed(self.name)), Absent):
            return None
        if matches(event.image, self.image):
            return passed(f"{self.name} ran {event.image}, as the engine's events show")
        expected = f"a look at {self.or_registry_at} while {self.name} ran"
        return unseen(expected, "nobody looked in time") if self.or_registry_at else None

    def is_registry(self, container: Container, past: Past) -> bool:
        """Whether a registry answers at the domain and this container has its port."""
        pong = past.now(Ping(self.or_registry_at)) if self.or_registry_at else Absent()
        return isinstance(pong, Found) and pong.value.is_registry and self._leads_to(container, past)

    def unanswered(self, container: Container, past: Past) -> Unknown | None:
        """Why it is unknown whether a registry answers at the domain, if this container has its port."""
        pong = past.now(Ping(self.or_registry_at)) if self.or_registry_at else Absent()
        return pong if isinstance(pong, Unknown) and self._leads_to(container, past) else None

    def _leads_to(self, container: Container, past: Past) -> bool:
        port = whole((self.or_registry_at or "").rpartition(":")[2])
        if not container.shares_host_network or container.status != "running":
            return port in container.reached_ports
        listed = past.now(ContainerList())
        others = listed.value.listed if isinstance(listed, Found) else ()
        return not any(one.host_port == port for it in others if it.id != container.id for one in it.bindings)


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
        """The container; and all containers, since one that was only renamed is still there."""
        return ContainerNamed(self.name), ContainerList()

    def judge(self, past: Past) -> Finding:
        """Pass if the engine has none of that name, and the last one that had it is gone."""
        expected = f"no container called {self.name}"
        match past.now(ContainerNamed(self.name)):
            case Found(container):
                stopped = (
                    "it is still running" if container.status == "running" else "it has stopped, but is still there"
                )
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
        """For a container that was removed and created again, the engine's events prove the removal."""
        gone = trace.destroyed(past, self.name)
        return passed(f"{self.name} was removed, as the engine's events show") if gone else None

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
        """The current name of the last container that had the name, if it is still there."""
        was, listed = past.last_found(ContainerNamed(self.name)), past.now(ContainerList())
        here = listed.value.listed if was and isinstance(listed, Found) else ()
        return next((it.name for it in here if was and it.id == was.id), "")

    def _may_be_renamed(self, past: Past) -> bool:
        was, gone = past.last_found(ContainerNamed(self.name)), trace.destroyed(past, self.name)
        return was is not None and (gone is None or gone.actor != was.id)


class NoContainerOf(Check, frozen=True, kw_only=True, tag="no-container-of"):
    """No container, running or not, was created from one of these images: Docker would keep the image."""

    demands_absence: ClassVar[bool] = True

    images: tuple[str, ...]

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"No container uses {', '.join(self.images)}"

    @property
    def queries(self) -> tuple[Query, ...]:
        """All containers; and all images, for containers that were started by an image id."""
        return ContainerList(), ImageList()

    @property
    def mentions(self) -> tuple[str, ...]:
        """The images."""
        return self.images

    def judge(self, past: Past) -> Finding:
        """Pass if there is none."""
        match past.now(ContainerList()):
            case Found(containers):
                using = self.using(containers.listed, past)
                if not using and containers.listed and (blind := unclear(past)):
                    return unseen(self.title.lower(), blind)
                there = ", ".join(f"{it.name} ({it.image.removeprefix('sha256:')[:40]})" for it in using)
                return failed(self.title.lower(), f"there is {there}") if using else passed("there is none")
            case Unknown() as unknown:
                return unseen(self.title.lower(), unknown)
            case _:
                return passed("there is none")

    def recall(self, past: Past) -> Finding | None:
        """For containers created after an image was removed: they did not exist at that moment."""
        removed = max((event.at for event in past.events("image/delete")), default=None)
        listed = past.now(ContainerList())
        if removed is None or not isinstance(listed, Found):
            return None
        made = {event.actor: event.at for event in past.events("container/create")}
        if all(made.get(container.id, 0) > removed for container in self.using(listed.value.listed, past)):
            return passed("they were created after the images had been removed, as the engine's events show")
        return None

    def using(self, containers: tuple[ListedContainer, ...], past: Past) -> tuple[ListedContainer, ...]:
        """The containers that were created from one of the images."""
        return tuple(
            it for it in containers if any(matches(name, image) for name in names(it, past) for image in self.images)
        )

    def fix(self, past: Past) -> Fix:
        """Remove those containers."""
        seen = past.now(ContainerList())
        using = self.using(seen.value.listed, past) if isinstance(seen, Found) else ()
        return removing(past, (container.name for container in using))


def _stopped(container: Container, past: Past) -> str:
    status = "starting" if trace.starting(past, container) else container.status
    return f"{container.name}: {NOT_RUNNING.get(status, f'its state is {status}')}"
