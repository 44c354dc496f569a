"""The Docker contexts, and which of them ``docker context use`` chose.

They are read here because the SDK does not find them without a config.json, and is slow to import.

A context whose file cannot be read is left out; the others are still found.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from labcheck.digest import hexadecimal
from labcheck.document import text


def contexts() -> tuple[tuple[str, str], ...]:
    """Each context's name and its engine's address."""
    return tuple(sorted(_read(folder() / "contexts" / "meta")))


def is_made(name: str) -> bool:
    """Whether there is a context of this name, even one that cannot be read."""
    return (folder() / "contexts" / "meta" / hexadecimal(name.encode())).exists()


def current_context() -> str:
    """The context that ``docker context use`` chose; ``default`` if there is none, or if the settings are damaged."""
    try:
        settings: object = msgspec.json.decode((folder() / "config.json").read_bytes())
    except (OSError, msgspec.DecodeError):
        return "default"
    return text(settings, "currentContext") or "default"


def _read(place: Path) -> Iterator[tuple[str, str]]:
    for file in place.glob("*/meta.json"):
        with suppress(OSError, msgspec.DecodeError):
            document: object = msgspec.json.decode(file.read_bytes())
            yield text(document, "Name"), text(document, "Endpoints", "docker", "Host")


def folder() -> Path:
    """The folder of the ``docker`` command's settings: ``DOCKER_CONFIG``, or ``~/.docker``."""
    return Path(os.environ.get("DOCKER_CONFIG") or "~/.docker").expanduser()
