"""What the newest look saw, as the diagnoses ask for it: a thing or nothing, whether it is absent or unknown."""

from __future__ import annotations

from labcheck.checks.origin import made_from
from labcheck.engine import Container, Image, ListedContainer
from labcheck.log import Log
from labcheck.name import same
from labcheck.query import ContainerList, ContainerNamed, ImageList, ImageNamed, Ping
from labcheck.snapshot import Found


def container(log: Log, name: str) -> Container | None:
    """The container of this name."""
    seen = log.now(ContainerNamed(name))
    return seen.value if isinstance(seen, Found) else None


def containers(log: Log) -> tuple[ListedContainer, ...]:
    """All containers."""
    seen = log.now(ContainerList())
    return seen.value.listed if isinstance(seen, Found) else ()


def addresses(log: Log) -> tuple[str, ...]:
    """The registries' addresses that the lab asks about."""
    asked = [answer.query for answer in log.looks[-1].snapshot.answers] if log.looks else []
    return tuple(query.domain for query in asked if isinstance(query, Ping))


def publishes(it: ListedContainer, address: str) -> bool:
    """Whether this address leads to the container, as far as its published ports tell."""
    port = address.rpartition(":")[2]
    return any(str(live.host_port) == port and live.reaches_localhost for live in it.bindings)


def answers_at(it: ListedContainer, address: str, log: Log) -> bool:
    """Whether it is a registry's container in the host's own network, so that probably it answers at the address."""
    pong = log.now(Ping(address))
    answers = isinstance(pong, Found) and pong.value.is_registry
    return answers and it.shares_host_network and it.status == "running" and made_from(it, "registry", log)


def image(log: Log, reference: str) -> Image | None:
    """The image of this reference."""
    seen = log.now(ImageNamed(reference))
    return seen.value if isinstance(seen, Found) else None


def images(log: Log) -> tuple[Image, ...]:
    """All images."""
    seen = log.now(ImageList())
    return seen.value.listed if isinstance(seen, Found) else ()


def names(log: Log, identity: str = "", *, but: str = "") -> tuple[str, ...]:
    """The names of all images, or of the image of this id; without one of them."""
    return tuple(
        name for it in images(log) if identity in {"", it.id} for name in it.names if not (but and same(name, but))
    )
