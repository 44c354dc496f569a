"""A container that is still there, or that still has the port."""

from __future__ import annotations

from labcheck.checks import ContainerAbsent, PortFree, trace
from labcheck.document import whole
from labcheck.engine import ListedContainer
from labcheck.mistake import Facts, facts, recognises
from labcheck.mistakes import seen
from labcheck.past import Past
from labcheck.query import ContainerNamed


@recognises("wrong-container-removed", ContainerAbsent)
def wrong_container_removed(check: ContainerAbsent, past: Past) -> Facts | None:
    """It runs, and another one was removed since the last step."""
    container = seen.container(past, check.name)
    if container is None or container.status != "running":
        return None
    started = trace.started(past, check.name)
    moved = [it.at for it in past.events("image/pull", "image/push")]
    since = max([*moved, started.at if started else 0])  # what was removed before the last step was removed for itself
    others = [it.name for it in past.events("container/destroy") if it.name != check.name and it.at > since]
    return facts(check.fix(past), other=others[-1], name=check.name) if others else None


@recognises("another-container-holds-port", PortFree)
def another_container_holds_port(check: PortFree, past: Past) -> Facts | None:
    """One container publishes the port, and it is not the lab's own."""
    port = whole(check.domain.rpartition(":")[2])
    holding = [it for it in seen.containers(past) if any(at.host_port == port for at in it.bindings)]
    if port is None or len(holding) != 1 or _is_the_labs(holding[0], past):
        return None
    return facts(name=holding[0].name, image=holding[0].image, port=port)


def _is_the_labs(container: ListedContainer, past: Past) -> bool:
    """Whether it is the lab's own container, of which another check of the step speaks."""
    return any(isinstance(query, ContainerNamed) and query.name == container.name for query in past.queries)
