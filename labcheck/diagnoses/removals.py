"""Mistakes at removing a container: another one went, it still runs, or something else has its port."""

from __future__ import annotations

import re

from labcheck.check import Check
from labcheck.checks import ContainerAbsent, PortFree, trace
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.document import whole
from labcheck.engine import ListedContainer
from labcheck.mistakes import seen
from labcheck.past import Past
from labcheck.query import ContainerNamed
from labcheck.verdict import Fix


def _wrong_container_removed(check: Check, past: Past) -> Explanation | None:
    container = seen.container(past, check.name) if isinstance(check, ContainerAbsent) else None
    if not isinstance(check, ContainerAbsent) or container is None or container.status != "running":
        return None
    started = trace.started(past, check.name)
    moved = [it.at for it in past.events("image/pull", "image/push")]
    since = max([*moved, started.at if started else 0])  # what was removed before the last step was removed for itself
    others = [it.name for it in past.events("container/destroy") if it.name != check.name and it.at > since]
    if not others:
        return None
    return Explanation(f"{others[-1]} was removed, but {check.name} still runs.", check.fix(past))


def _another_container_holds_port(check: Check, past: Past) -> Explanation | None:
    port = whole(check.domain.rpartition(":")[2]) if isinstance(check, PortFree) else None
    if port is None:
        return None
    holding = [it for it in seen.containers(past) if any(at.host_port == port for at in it.bindings)]
    if len(holding) != 1 or not isinstance(check, PortFree) or _is_the_course_s(holding[0], past):
        return None
    name = holding[0].name
    return Explanation(
        f"The container {name} ({holding[0].image}) publishes port {port}, too, so something still answers there.",
        Fix((f"docker stop {name}",)),
    )


def _is_the_course_s(container: ListedContainer, past: Past) -> bool:
    """Whether it is the lab's own container, of which another check of the step speaks."""
    return any(isinstance(query, ContainerNamed) and query.name == container.name for query in past.queries)


def _told_container_runs(match: re.Match[str]) -> Explanation:
    container = (match["id"] or "")[:12] or match["name"]
    return Explanation(
        "A running container is not removed. Stop it first.",
        Fix((f"docker stop {container}", f"docker rm {container}")),
    )


DIAGNOSES = (
    Diagnosis("wrong-container-removed", "Another container was removed.", _wrong_container_removed),
    Diagnosis("another-container-holds-port", "Another container publishes the port.", _another_container_holds_port),
    Diagnosis(
        "container-still-runs",
        "A container must be stopped before it is removed.",
        message=(
            r"You cannot remove a running container (?P<id>\w+)"
            r'|cannot remove container "/?(?P<name>[^"]+)": container is running'
        ),
        told=_told_container_runs,
    ),
)
