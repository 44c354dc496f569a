"""Errors when a sandbox's files cannot be created, each as a sentence with a remedy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from labcheck.errors import SandboxError
from labcheck.files import is_full

ENOUGH = 500 * 1024 * 1024
"""The bytes needed for the course's images and a registry with the same images."""


def no_room(place: str | None) -> SandboxError:
    """There is no space for an engine's images; ``None`` means memory."""
    needed = f"the sandbox needs {ENOUGH // 1024**2} MB"
    if place is None:
        return SandboxError(
            f"There is not enough memory: {needed}.", "Close some programs, or use a machine with more memory."
        )
    return SandboxError(
        f"There is not enough space in {place}: {needed}.",
        "Free some space there, or set LABCHECK_HOME to a folder on a larger disk.",
    )


def in_use(folder: Path) -> SandboxError:
    """Another sandbox has this data folder."""
    return SandboxError(
        f"Another sandbox is using the data folder {folder}.",
        "Close it where it was opened, or type labcheck sandbox down: that ends it, but keeps its data.",
    )


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn errors writing below this folder into one sentence."""
    try:
        yield
    except OSError as error:
        if is_full(error):
            raise no_room(str(folder)) from error
        raise SandboxError(
            f"The sandbox's files cannot be written in {folder} ({error.strerror}).",
            "Make that folder writable, or set LABCHECK_HOME to another one.",
        ) from error
