"""Podman's API, which imitates Docker's: what it says otherwise, said as Docker says it.

Measured with Podman 4.3.1 and 5.8.6; :mod:`labcheck.engine.dialect` says what its events prove even so.
"""

from __future__ import annotations

import re
from typing import Final

from labcheck.digest import digest_of
from labcheck.document import Document, mapping, text

HEADER: Final = "Libpod-Api-Version"
"""Each of its answers has it."""
MARK: Final = "BuildahVersion"
"""What it says of itself has it."""
LATE: Final = 10 * 1_000_000_000
"""By how many nanoseconds an event may be older than the one before it: several threads write them."""
IMAGE_ID: Final = re.compile(r"(?:sha256:)?([0-9a-f]{64})")
ACTIONS: Final = {
    ("container", "remove"): "destroy",
    ("container", "died"): "die",
    ("image", "loadfromarchive"): "load",
    ("image", "remove"): "delete",
    ("image", "loadfromdir"): "load",
    ("volume", "remove"): "destroy",
}


def identity(info: Document) -> str:
    """What distinguishes it from others: its machine, and where it stores images. Each answer has another ID."""
    return digest_of(f"{text(info, 'Name')} {text(info, 'DockerRootDir')}".encode())


def as_docker(event: Document) -> Document | None:
    """The event as Docker would report it; ``None`` for one that is not true of Docker."""
    kind, action = text(event, "Type"), text(event, "Action")
    action = ACTIONS.get((kind, action), action)
    actor, name = text(event, "Actor", "ID"), text(event, "Actor", "Attributes", "name")
    if kind == "image":
        if action == "delete" and name and not IMAGE_ID.fullmatch(name):
            return (
                None  # It is reported for each name, and another name may keep the image. The name has its own event.
            )
        if action in {"pull", "push"}:
            actor = name
        elif found := IMAGE_ID.fullmatch(actor or name):
            actor = f"sha256:{found[1]}"
    elif kind == "volume":
        actor = actor or name
    return {**event, "Action": action, "Actor": {**mapping(event, "Actor"), "ID": actor}}
