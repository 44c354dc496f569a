"""From which image a container was made. Whose run gave an id, or another name, only the list of images can tell."""

from __future__ import annotations

from labcheck.engine import Container, ListedContainer
from labcheck.log import Log
from labcheck.name import matches
from labcheck.query import ImageList
from labcheck.snapshot import Found, Unknown


def made_from(container: Container | ListedContainer, image: str, log: Log) -> bool:
    """Whether the container was made from this image, whether its run named it or gave its id."""
    if matches(container.image, image):
        return True
    images = log.now(ImageList())
    return isinstance(images, Found) and any(
        listed.id == container.image_id and any(matches(name, image) for name in listed.names)
        for listed in images.value.listed
    )


def unclear(log: Log) -> Unknown | None:
    """Why it cannot be said that a container was made from no image of another name, where the list was not seen."""
    images = log.now(ImageList())
    return images if isinstance(images, Unknown) else None
