"""What the image of the course's container is built from: the Dockerfile, its lists, and this labcheck, as one tar.

The same files give the same bytes, so the digest of the tar identifies the image.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from labcheck.digest import hexadecimal
from labcheck.errors import SandboxError

_PACKAGE = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent
LISTS = ("Dockerfile", "packages.txt", "requirements.txt")
PINS = "constraints.txt"
UNNEEDED = {"__pycache__", ".ipynb_checkpoints"}
NOTEBOOKS = ("*.ipynb", "pictures/*")


@cache
def context() -> bytes:
    """The tar. Raises ``SandboxError`` if labcheck is installed without something that belongs in it."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, path in sorted(_files()):
            content = path.read_bytes()
            header = tarfile.TarInfo(name)
            header.size = len(content)
            tar.addfile(header, io.BytesIO(content))
    return written.getvalue()


def key() -> str:
    """What distinguishes the image that these files make: the beginning of their digest."""
    return hexadecimal(context())[:12]


def _files() -> Iterator[tuple[str, Path]]:
    for name in LISTS:
        yield name, HERE / name
    yield PINS, _beside(PINS)
    for path in _PACKAGE.rglob("*"):
        inner = path.relative_to(_PACKAGE)
        if path.is_file() and not UNNEEDED & set(inner.parts) and inner.parts[0] not in {"notebooks", PINS}:
            yield f"labcheck/{inner.as_posix()}", path
    lessons = _beside("notebooks")
    for place in NOTEBOOKS:
        for path in lessons.glob(place):
            yield f"labcheck/notebooks/{path.relative_to(lessons).as_posix()}", path


def _beside(name: str) -> Path:
    """A part of the course: in the installed package, or beside it in a clone."""
    for place in (_PACKAGE / name, _PACKAGE.parent / name):
        if place.exists():
            return place
    raise SandboxError(f"labcheck is installed without {name}.", "Install labcheck again.")
