"""Lab files: the course's own, by their slugs, and any other, by its path."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from labcheck.errors import InvalidLab, UnknownName
from labcheck.lab.lab import Lab
from labcheck.lab.lint import lint
from labcheck.lab.tree import LARGEST, read
from labcheck.lab.values import filled

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

MOST = 4 * LARGEST
"""Bytes that so many characters have at most."""


def load(slug: str) -> Lab:
    """The course's lab of this name, or the lab in the file at this path: with a slash in it, or ending in ``.yaml``.

    Raises :class:`UnknownName`, or :class:`InvalidLab`.
    """
    slug = str(slug)  # in a notebook it may be a Path, or anything
    if slug.endswith(".yaml") or "/" in slug:
        return _at(Path(slug))
    files = _files()
    if slug not in files:
        raise UnknownName(f"There is no lab called {slug}.", slug, files, f"The labs are: {', '.join(files)}.")
    return parse(files[slug].read_text(encoding="utf-8"), slug)


def slugs() -> tuple[str, ...]:
    """The names of the course's labs, in the order of the course."""
    return tuple(_files())


def parse(text: str, slug: str) -> Lab:
    """The lab in the text of a lab file. Raises :class:`InvalidLab`, which names the place."""
    file = slug if slug.endswith(".yaml") or "/" in slug else f"{slug}.yaml"
    tree, lines = read(text, file)
    try:
        lab = msgspec.convert(filled(tree, lines, file), Lab)
    except msgspec.ValidationError as error:
        raise InvalidLab(
            f"The lab file {file}, line {lines.of(str(error))}: {error}.",
            "What may stand there is in labcheck/lab.schema.json.",
        ) from error
    lint(lab, file)
    return msgspec.structs.replace(lab, slug=slug)


def schema() -> bytes:
    """The JSON Schema of lab files, by which an editor completes them: the text of ``labcheck/lab.schema.json``."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Lab), order="sorted"), indent=2) + b"\n"


def _at(path: Path) -> Lab:
    """The lab in this file. It is what it is by its place: two files of one name are two labs, with an attempt each."""
    text = _text(path)
    place = path.resolve()
    own = {Path(str(file)).resolve(): slug for slug, file in _files().items()}
    return parse(text, own.get(place, str(place)))


def _text(path: Path) -> str:
    """What the file holds: at most as much as a lab may be, and of a true file only, since a pipe could never end."""
    try:
        str(path).encode()
        if path.exists() and not path.is_file():
            raise InvalidLab(f"The lab file {path} cannot be read: it is no file.", "Name the lab's YAML file.")
        with path.open("rb") as file:
            read = file.read(MOST + 1)
        # What is cut off may be cut within a letter; it is too long anyway.
        return read.decode("utf-8-sig", "ignore" if len(read) > MOST else "strict")
    except (OSError, ValueError) as error:
        if isinstance(error, InvalidLab):
            raise
        reason = _reason(error)
        raise InvalidLab(f"The lab file {path} cannot be read: {reason}.", "Mind the path.") from error


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, UnicodeEncodeError):
        return "its path is not UTF-8 text"
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text"
    return error.strerror or "it is damaged" if isinstance(error, OSError) else "there is no such path"


@cache
def _files() -> dict[str, Traversable]:
    """The course's lab files by slug. Their numbers are those of the notebooks, and are no part of the slug."""
    folder = resources.files("labcheck").joinpath("labs")
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".yaml")), key=lambda entry: entry.name)
    return {entry.name.removesuffix(".yaml").lstrip("0123456789").removeprefix("-"): entry for entry in files}
