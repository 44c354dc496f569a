"""What a learner's own engine has, in numbers: how much there is, and what a prune would remove. No names are kept."""

from __future__ import annotations

from contextlib import closing

import msgspec

from labcheck.document import items, number, text
from labcheck.observe.deadline import LOOK, Deadline
from labcheck.observe.engine.api import Engine
from labcheck.observe.trouble import CannotLook
from labcheck.snapshot import Found, Unknown


class Inventory(msgspec.Struct, frozen=True):
    """How many containers and images there are, how many of the images no container uses, and their size in bytes.

    Layers that images share are counted with each of them, so the size is an upper bound.
    """

    containers: int
    images: int
    unused: int
    size: int = 0


def inventory(*, timeout: float = LOOK) -> Found[Inventory] | Unknown:
    """What there is on the engine that the ``docker`` command talks to."""
    deadline = Deadline(timeout)
    with closing(Engine()) as engine:
        try:
            engine.refresh()
            containers = items({"": engine.get("/containers/json", deadline, all="1")}, "")
            listed = items({"": engine.get("/images/json", deadline)}, "")
        except CannotLook as trouble:
            return trouble.unknown
    used = {text(container, "ImageID") for container in containers}
    images = {text(image, "Id"): number(image, "Size") for image in listed}
    unused = images.keys() - used
    return Found(Inventory(len(containers), len(images), len(unused), sum(images[name] for name in unused)))
