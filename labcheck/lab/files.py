"""Lab files: the course's own, by slug, and any other, by path."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

import labcheck
from labcheck.check import PORT
from labcheck.errors import UnknownName
from labcheck.lab.compiled import compiled, keep
from labcheck.lab.lab import Lab, LabFile


def load(slug: str) -> Lab:
    """The course's lab of this name, or the lab in the file at this path, which contains a slash or ends in ``.yaml``.

    Raises :class:`UnknownName`, or :class:`InvalidLab`.
    """
    slug = str(slug)  # in a notebook it may be a Path or anything else
    if slug.endswith(".yaml") or "/" in slug:
        return _at(Path(slug))
    files = _files()
    if slug not in files:
        raise UnknownName(f"There is no lab called {slug}.", slug, files, f"The labs are: {', '.join(files)}.")
    file = files[slug]
    text = file.read_text(encoding="utf-8")
    lab = compiled(file, text)
    if lab is None:
        lab = parse(text, slug)
        keep(file, text, lab)
    return lab


def slugs() -> tuple[str, ...]:
    """The names of the course's labs, in the order of the course."""
    return tuple(_files())


def parse(text: str, slug: str) -> Lab:
    """The lab in the text of a lab file. Raises :class:`InvalidLab`, which names the place."""
    from labcheck.lab.reading import parsed  # noqa: PLC0415 - YAML and the linter; a compiled lab needs neither

    return parsed(text, slug)


def schema() -> bytes:
    """The JSON Schema of lab files, which lets an editor complete them: the text of ``labcheck/lab.schema.json``."""
    written = msgspec.json.schema(LabFile)
    for kind in written["$defs"].values():
        for field in kind.get("properties", {}).values():
            if field.get("title") == PORT:
                field["type"] = ["integer", "string"]  # a value, such as "{port}"
    return msgspec.json.format(msgspec.json.encode(written, order="sorted"), indent=2) + b"\n"


def _at(path: Path) -> Lab:
    """The lab in this file, identified by its path: two files of the same name are two labs, with separate attempts."""
    from labcheck.lab.text import text  # noqa: PLC0415 - not needed for the course's own labs

    read = text(path)
    place = path.resolve()
    own = {file.resolve(): slug for slug, file in _files().items()}
    return parse(read, own.get(place, str(place)))


@cache
def _files() -> dict[str, Path]:
    """The course's lab files by slug. Their numbers are those of the notebooks, and are not part of the slug."""
    files = sorted(file for file in Path(labcheck.__file__).with_name("labs").iterdir() if file.suffix == ".yaml")
    return {file.stem.lstrip("0123456789").removeprefix("-"): file for file in files}
