"""What the newest look saw, as functions ask for it: a thing or nothing, whether it is absent or unknown."""

from __future__ import annotations

from labcheck.checks.origin import made_from
from labcheck.engine import Container, Image, ListedContainer
from labcheck.name import same
from labcheck.past import Past
from labcheck.query import ContainerList, ContainerNamed, ImageList, ImageNamed, Ping
from labcheck.snapshot import Found, Unknown


def container(past: Past, name: str) -> Container | None:
    """The container of this name."""
    seen = past.now(ContainerNamed(name))
    return seen.value if isinstance(seen, Found) else None


def containers(past: Past) -> tuple[ListedContainer, ...]:
    """All containers."""
    seen = past.now(ContainerList())
    return seen.value.listed if isinstance(seen, Found) else ()


def addresses(past: Past) -> tuple[str, ...]:
    """The registries' addresses that the lab asks about."""
    return tuple(query.domain for query in past.queries if isinstance(query, Ping))


def registries(past: Past, address: str) -> list[str]:
    """The running containers that this address leads to, by their names."""
    return [it.name for it in containers(past) if publishes(it, address) and it.status == "running"]


def publishes(it: ListedContainer, address: str) -> bool:
    """Whether this address leads to the container, as far as its published ports tell."""
    port = address.rpartition(":")[2]
    return any(str(live.host_port) == port and live.reaches_localhost for live in it.bindings)


def answers_at(it: ListedContainer, address: str, past: Past) -> bool:
    """Whether it is a registry's container in the host's own network, so that probably it answers at the address."""
    pong = past.now(Ping(address))
    answers = isinstance(pong, Found) and pong.value.is_registry
    return answers and it.shares_host_network and it.status == "running" and made_from(it, "registry", past)


def is_registry(it: ListedContainer, past: Past) -> bool | None:
    """Whether it is a registry's container, by its image or because a registry answers at a port of it.

    ``None``: nobody could look at what answers there.
    """
    if made_from(it, "registry", past):
        return True
    pongs = [past.now(Ping(address)) for address in addresses(past) if publishes(it, address)]
    if any(isinstance(pong, Found) and pong.value.is_registry for pong in pongs):
        return True
    return None if any(isinstance(pong, Unknown) for pong in pongs) else False


def image(past: Past, reference: str) -> Image | None:
    """The image of this reference."""
    seen = past.now(ImageNamed(reference))
    return seen.value if isinstance(seen, Found) else None


def images(past: Past) -> tuple[Image, ...]:
    """All images."""
    seen = past.now(ImageList())
    return seen.value.listed if isinstance(seen, Found) else ()


def names(past: Past, identity: str = "", *, but: str = "") -> tuple[str, ...]:
    """The names of all images, or of the image of this id; without one of them."""
    return tuple(
        name for it in images(past) if identity in {"", it.id} for name in it.names if not (but and same(name, but))
    )
