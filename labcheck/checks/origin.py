"""From which image a container was created. If it was run by id or another name, only the list of images tells."""

from __future__ import annotations

from labcheck.engine import Container, ListedContainer
from labcheck.name import matches
from labcheck.past import Past
from labcheck.query import ImageList
from labcheck.snapshot import Found, Unknown


def made_from(container: Container | ListedContainer, image: str, past: Past) -> bool:
    """Whether the container was created from this image, whether it was run by this name or by the image's id."""
    return any(matches(name, image) for name in names(container, past))


def names(container: Container | ListedContainer, past: Past) -> tuple[str, ...]:
    """The names of its image: the one that it was run by, and those that the image has."""
    images = past.now(ImageList())
    listed = images.value.listed if isinstance(images, Found) else ()
    return (container.image, *(name for image in listed if image.id == container.image_id for name in image.names))


def unclear(past: Past) -> Unknown | None:
    """Why it is unknown whether a container with another image name was created from it, if the list was not seen."""
    images = past.now(ImageList())
    return images if isinstance(images, Unknown) else None
