"""From which image a container was made. Whose run gave an id, or another name, only the list of images can tell."""

from __future__ import annotations

from labcheck.engine import Container, ListedContainer
from labcheck.name import matches
from labcheck.past import Past
from labcheck.query import ImageList
from labcheck.snapshot import Found, Unknown


def made_from(container: Container | ListedContainer, image: str, past: Past) -> bool:
    """Whether the container was made from this image, whether its run named it or gave its id."""
    if matches(container.image, image):
        return True
    images = past.now(ImageList())
    return isinstance(images, Found) and any(
        listed.id == container.image_id and any(matches(name, image) for name in listed.names)
        for listed in images.value.listed
    )


def unclear(past: Past) -> Unknown | None:
    """Why it cannot be said that a container was made from no image of another name, where the list was not seen."""
    images = past.now(ImageList())
    return images if isinstance(images, Unknown) else None
