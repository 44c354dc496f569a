"""Mistakes with the engine, its containers and its images."""

from __future__ import annotations

from shlex import quote

from labcheck.check import Check
from labcheck.checks import ContainerAbsent, ContainerRuns, PortPublished
from labcheck.checks.containers import made_from
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.engine import Container, ListedContainer
from labcheck.log import Log
from labcheck.query import ContainerList, ContainerNamed, EngineInfo
from labcheck.snapshot import Absent, Found, Unknown
from labcheck.verdict import Fix


def _engine_not_running(_check: Check, log: Log) -> Explanation | None:
    info = log.now(EngineInfo())
    if not isinstance(info, Unknown):
        return None
    return Explanation(info.reason, Fix(advice="Start the Docker engine, then check again. labcheck doctor helps."))


def _name_mistyped(check: Check, log: Log) -> Explanation | None:
    if not isinstance(check, ContainerRuns) or not isinstance(log.now(ContainerNamed(check.name)), Absent):
        return None
    running = [it for it in _containers(log) if made_from(it, check.image, log) and it.status == "running"]
    if len(running) != 1:
        return None
    other = running[0].name
    return Explanation(
        f"A container of that image runs, but it is called {other}, not {check.name}.",
        Fix((f"docker rename {other} {check.name}",)),
    )


def _container_stopped(check: Check, log: Log) -> Explanation | None:
    if not isinstance(check, ContainerRuns | PortPublished):
        return None
    container = _container(check.name, log)
    if container is None or container.status != "exited":
        return None
    if isinstance(check, ContainerRuns) and not made_from(container, check.image, log):
        return None
    return Explanation(f"{check.name} is there, but it has stopped.", Fix((f"docker start {check.name}",)))


def _other_host_port(check: Check, log: Log) -> Explanation | None:
    if not isinstance(check, PortPublished):
        return None
    container = _container(check.name, log)
    if container is None:
        return None
    ports = sorted({it.host_port for it in container.bindings if it.container_port == check.container_port})
    if not ports or check.host_port in ports:
        return None
    return Explanation(
        f"{check.name} is published on port {ports[0]}, not on {check.host_port}. "
        "A container's ports cannot be changed later, so it must be made anew.",
        Fix((f"docker rm -f -v {check.name}", _run(container, f"{check.host_port}:{check.container_port}"))),
    )


def _stopped_not_removed(check: Check, log: Log) -> Explanation | None:
    if not isinstance(check, ContainerAbsent):
        return None
    container = _container(check.name, log)
    if container is None or container.status != "exited":
        return None
    return Explanation(
        f"{check.name} has stopped, but it is still there. A stopped container keeps its name and its data.",
        Fix((f"docker rm {check.name}",)),
    )


def _run(container: Container, ports: str) -> str:
    """The command that makes this container anew, with these ports."""
    policy = "" if container.restart_policy == "no" else f" --restart={container.restart_policy}"
    return f"docker run -d --name {container.name} -p {ports}{policy} {quote(container.image)}"


def _container(name: str, log: Log) -> Container | None:
    seen = log.now(ContainerNamed(name))
    return seen.value if isinstance(seen, Found) else None


def _containers(log: Log) -> tuple[ListedContainer, ...]:
    seen = log.now(ContainerList())
    return seen.value.listed if isinstance(seen, Found) else ()


DIAGNOSES = (
    Diagnosis("engine-not-running", "The Docker engine does not answer.", _engine_not_running),
    Diagnosis("container-name-mistyped", "The container runs under another name.", _name_mistyped),
    Diagnosis("container-stopped", "The container is there, but it has stopped.", _container_stopped),
    Diagnosis("other-host-port", "The container is published on another port.", _other_host_port),
    Diagnosis("stopped-not-removed", "The container was stopped, but not removed.", _stopped_not_removed),
)
