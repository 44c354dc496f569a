"""The contexts that ``docker context use`` knows. Read here, because the SDK does not find them without a config.json.

A file that cannot be read is one context less; it hides no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from labcheck.document import text
from labcheck.observe.machine.settings import folder


def contexts() -> tuple[tuple[str, str], ...]:
    """Each context's name and its engine's address."""
    return tuple(sorted(_read(folder() / "contexts" / "meta")))


def _read(folder: Path) -> Iterator[tuple[str, str]]:
    for file in folder.glob("*/meta.json"):
        with suppress(OSError, msgspec.DecodeError):
            document: object = msgspec.json.decode(file.read_bytes())
            yield text(document, "Name"), text(document, "Endpoints", "docker", "Host")
