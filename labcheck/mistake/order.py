"""The order in which mistakes are tried: a page comes before those that it names, otherwise alphabetically."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter


def ordered(before: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The names, ordered by what each comes before. Raises :class:`ValueError`, which names a circle."""
    sorter: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(before, ()))
    for name, later in before.items():
        for other in later:
            if other in before:
                sorter.add(other, name)
    try:
        sorter.prepare()
    except CycleError as error:
        raise ValueError(" before ".join(error.args[1])) from error
    names: list[str] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        names += ready
        sorter.done(*ready)
    return tuple(names)
