"""The course images on this machine: built once, listed, saved to a file, loaded from one.

A set of images is a folder named for its recipes, so a labcheck with other recipes builds its own. What is there is
used as it is: newer packages come only with newer recipes, or once the folder was removed.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import IO

import msgspec

from labcheck.errors import Refused, SandboxError
from labcheck.files import replacing
from labcheck.home import claimed, home
from labcheck.ready import ready
from labcheck.sandbox.images import archive, packages, program, recipe
from labcheck.sandbox.images.assemble import assemble
from labcheck.sandbox.images.exchange import disk, replaced
from labcheck.sandbox.images.manifest import NAME, PACKAGES, Config, Index, Manifest
from labcheck.sandbox.images.store import Store

_PACKAGE = re.compile(r"([a-z0-9][a-z0-9+.-]+) ([0-9A-Za-z.+:~-]+)")

SHARED = "LABCHECK_IMAGE_CACHE"
"""Environment variable: a folder for the images instead of the one in the home, for instance one for all learners."""
_SAVE = "'labcheck images save FILE' writes such a file on a machine with a network."

Tell = Callable[[str], object]


class CourseImage(msgspec.Struct, frozen=True):
    """One course image: its name and tags, its manifest's digest, its size as pulled, what it was built from."""

    name: str
    tags: tuple[str, ...]
    digest: str
    size: int
    created: str
    packages: dict[str, str]


def folder() -> Path:
    """Where this labcheck's images are, or will be; a registry can serve this folder."""
    chosen = os.environ.get(SHARED)
    place = Path(chosen).absolute() if chosen else home() / "images"
    return place / recipe.key(packages.architecture())


def built() -> bool:
    """Whether the images exist."""
    return (folder() / "index.json").is_file()


def build(*, tell: Tell = lambda _: None) -> tuple[CourseImage, ...]:
    """The course images, built from today's packages if they are not there yet."""
    if not built():
        _claim_home()
        with replaced(folder(), built) as place:
            if place:
                workplace = place / "workplace"
                assemble(place, workplace, tell)
                shutil.rmtree(workplace)
                program.extract(place)
                tell("The course images are built.")
    return held()


def held() -> tuple[CourseImage, ...]:
    """The existing images by name; none if they were never built. SandboxError if they are damaged."""
    if not built():
        return ()
    store = Store(folder())
    try:
        index = msgspec.json.decode((folder() / "index.json").read_bytes(), type=ready(Index))
        tags: dict[tuple[str, str], list[str]] = {}
        for entry in index.manifests:
            name, _, tag = entry.annotations[NAME].removeprefix("docker.io/library/").partition(":")
            tags.setdefault((name, entry.digest), []).append(tag)
        return tuple(_described(store, name, digest, tuple(tags[name, digest])) for name, digest in sorted(tags))
    except (OSError, ValueError, KeyError, msgspec.MsgspecError) as error:
        raise _damaged() from error


def save(file: Path, *, tell: Tell = lambda _: None) -> Path:
    """Write the images to a new file, building them first if necessary. Raises Refused if the file exists."""
    build(tell=tell)
    if file.exists():
        raise Refused(f"{file} already exists.", "Choose another name, or remove the file.")
    with disk(file.parent), replacing(file) as whole:
        try:
            archive.write(folder(), whole)
        except ValueError as error:
            raise _damaged() from error
        whole.flush()
        os.fsync(whole.fileno())
    return file


def load(file: Path) -> tuple[CourseImage, ...]:
    """Replace the images by those in a file that ``save`` wrote. A damaged file changes nothing."""
    _claim_home()
    try:
        stream = file.open("rb")
    except OSError as error:
        raise SandboxError(f"{file} cannot be read: {error.strerror}.", _SAVE) from error
    try:
        with stream, replaced(folder(), lambda: False) as place:
            if place:
                _read(stream, place)
    except ValueError as error:
        raise SandboxError(f"{file} cannot be used: {error}.", f"Copy it again. {_SAVE}") from error
    return held()


def _claim_home() -> None:
    with disk(home()):
        claimed()


def _read(stream: IO[bytes], place: Path) -> None:
    archive.read(stream, place, packages.architecture())
    program.extract(place)


def _described(store: Store, name: str, digest: str, tags: tuple[str, ...]) -> CourseImage:
    manifest = msgspec.json.decode(store.get(digest), type=ready(Manifest))
    config = msgspec.json.decode(store.get(manifest.config.digest), type=ready(Config))
    made_from = str(config.config.get("Labels", {}).get(PACKAGES, ""))
    size = manifest.config.size + sum(layer.size for layer in manifest.layers)
    return CourseImage(name, tags, digest, size, config.created, dict(_PACKAGE.findall(made_from)))


def _damaged() -> SandboxError:
    remedy = "Remove that folder; 'labcheck images build' then builds them again."
    return SandboxError(f"The course images in {folder()} are damaged.", remedy)
