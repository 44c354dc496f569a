"""From the text of a lab file to a lab, with every choice of its values tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import msgspec

from labcheck.errors import InvalidLab
from labcheck.lab import lint, tree
from labcheck.lab.lab import Lab, made
from labcheck.lab.misfit import misfit
from labcheck.lab.tree import Lines
from labcheck.lab.values import Pick, Value, are_drawn, filled
from labcheck.ready import ready
from labcheck.seed import draw


def parsed(text: str, slug: str) -> Lab:
    """The lab in the text of a lab file. Raises :class:`InvalidLab`, which names the place.

    Whatever a seed may draw is allowed then: each choice is tried, and of a range the first number and the last.
    """
    file = slug if slug.endswith(".yaml") or "/" in slug else f"{slug}.yaml"
    read, lines = tree.read(text, file)
    try:
        values = _values(read, lines, file)
        tried = [made(filled(read, values, pick, file, lines), slug=slug) for pick in _tried(values)]
        for lab in tried:
            lint.lint(lab, file)
        if len({(lab.title, lab.about, tuple(step.id for step in lab.steps)) for lab in tried}) > 1:
            raise InvalidLab(
                f"The lab file {file}: title, about and the ids of its steps must be the same for all learners.",
                "Use what is drawn elsewhere, for instance in the steps' titles.",
            )
        if not are_drawn(values):
            return made(filled(read, values, _first, file, lines), slug=slug)
        return made(filled(read, values, partial(draw, ""), file, lines), slug=slug, template=read)
    except msgspec.ValidationError as error:
        raise InvalidLab(
            f"The lab file {file}, line {lines.of(str(error))}: {misfit(str(error))}.",
            "labcheck/lab.schema.json says what is allowed there.",
        ) from error


def _values(read: Mapping[str, object], lines: Lines, file: str) -> dict[str, Value]:
    """The values as the file has them."""
    try:
        return msgspec.convert(read.get("values", {}), ready(dict[str, Value]))
    except msgspec.ValidationError as error:
        raise InvalidLab(
            f"The lab file {file}, line {lines.at(('values',))}: values must be names with strings, or with what is"
            " drawn: a list of strings, or of mappings of strings, or from and to.",
            "Put quotes around numbers.",
        ) from error


def _tried(values: Mapping[str, Value]) -> Iterator[Pick]:
    """Draws in which each choice comes up at least once."""
    yield _first
    if are_drawn(values):
        yield lambda _, count: count - 1
        most = max((len(value) for value in values.values() if isinstance(value, tuple)), default=0)
        yield from (partial(_nth, number) for number in range(1, most))


def _first(_name: str, _count: int) -> int:
    return 0


def _nth(number: int, _name: str, count: int) -> int:
    return number % count
