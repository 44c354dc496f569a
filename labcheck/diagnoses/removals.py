"""Mistakes at removing a container: another one went, it still runs, or something else has its port."""

from __future__ import annotations

import re

from labcheck.check import Check
from labcheck.checks import ContainerAbsent, PortFree, trace
from labcheck.diagnoses import seen
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.document import whole
from labcheck.engine import ListedContainer
from labcheck.log import Log
from labcheck.query import ContainerNamed
from labcheck.verdict import Fix


def _wrong_container_removed(check: Check, log: Log) -> Explanation | None:
    container = seen.container(log, check.name) if isinstance(check, ContainerAbsent) else None
    if not isinstance(check, ContainerAbsent) or container is None or container.status != "running":
        return None
    started = trace.started(log, check.name)
    moved = [it.at for it in log.events if it.kind in {"image/pull", "image/push"}]
    since = max([*moved, started.at if started else 0])  # what was removed before the last step was removed for itself
    others = [
        it.name for it in log.events if it.kind == "container/destroy" and it.name != check.name and it.at > since
    ]
    if not others:
        return None
    return Explanation(f"{others[-1]} was removed, but {check.name} still runs.", check.fix(log))


def _another_container_holds_port(check: Check, log: Log) -> Explanation | None:
    port = whole(check.domain.rpartition(":")[2]) if isinstance(check, PortFree) else None
    if port is None:
        return None
    holding = [it for it in seen.containers(log) if any(at.host_port == port for at in it.bindings)]
    if len(holding) != 1 or not isinstance(check, PortFree) or _is_the_course_s(holding[0], log):
        return None
    name = holding[0].name
    return Explanation(
        f"The container {name} ({holding[0].image}) publishes port {port}, too, so something still answers there.",
        Fix((f"docker stop {name}",)),
    )


def _is_the_course_s(container: ListedContainer, log: Log) -> bool:
    """Whether it is the lab's own container, of which another check of the step speaks."""
    return any(
        isinstance(answer.query, ContainerNamed) and answer.query.name == container.name
        for answer in (log.looks[-1].snapshot.answers if log.looks else ())
    )


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
