"""From which image a container was created. If it was run by id or another name, only the list of images tells."""

from __future__ import annotations

from labcheck.engine import Container, ListedContainer
from labcheck.name import matches
from labcheck.past import Past
from labcheck.query import ImageList
from labcheck.snapshot import Found, Unknown


def made_from(container: Container | ListedContainer, image: str, past: Past) -> bool:
    """Whether the container was created from this image, whether it was run by this name or by the image's id."""
    if matches(container.image, image):
        return True
    images = past.now(ImageList())
    return isinstance(images, Found) and any(
        listed.id == container.image_id and any(matches(name, image) for name in listed.names)
        for listed in images.value.listed
    )


def unclear(past: Past) -> Unknown | None:
    """Why it is unknown whether a container with another image name was created from it, if the list was not seen."""
    images = past.now(ImageList())
    return images if isinstance(images, Unknown) else None
