"""The contexts that ``docker context use`` knows, and which of them it chose.

Read here, because the SDK does not find them without a config.json, and because it is slow to import.

A file that cannot be read is one context less; it hides no other.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from labcheck.document import text


def contexts() -> tuple[tuple[str, str], ...]:
    """Each context's name and its engine's address."""
    return tuple(sorted(_read(folder() / "contexts" / "meta")))


def is_made(name: str) -> bool:
    """Whether there is a context of this name, also one that cannot be read."""
    return (folder() / "contexts" / "meta" / hashlib.sha256(name.encode()).hexdigest()).exists()


def current_context() -> str:
    """The context that ``docker context use`` chose; ``default`` without one, or where the settings are damaged."""
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
