"""Installed packages with mistakes of their own: each has an entry point in the group ``labcheck.mistakes``.

The entry point names a Python package whose folder is like labcheck's own: families, pages, functions beside the pages.
Searching everything that is installed takes longer than a look, so the result is cached until something is installed.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from labcheck import module_cache
from labcheck.digest import hexadecimal
from labcheck.mistake.index import Trouble
from labcheck.mistake.kept import place_of

GROUP: Final = "labcheck.mistakes"


class Packages(msgspec.Struct, frozen=True):
    """The packages and their folders, as found in these places at these times."""

    places: tuple[tuple[str, int], ...]
    found: tuple[tuple[str, str], ...] = ()
    troubles: tuple[Trouble, ...] = ()


def packages(own: Path) -> Packages:
    """The installed packages; the result is cached in labcheck's own folder."""
    places = _places()
    # One for each set of places: else whoever runs labcheck in a checkout, which is a place, and elsewhere, would
    # have it searched again each time.
    searched = hexadecimal(repr([path for path, _ in places]).encode())[:16]
    place = place_of(own, f"packages-{searched}")
    known = module_cache.cached(place, Packages)
    if known and known.places == places:
        return known
    found = _found(places)
    module_cache.keep(place, found)
    return found


def _places() -> tuple[tuple[str, int], ...]:
    """Where packages are installed, and when that last changed; the current folder does not count."""
    here = {"", os.getcwd(), os.path.dirname(os.path.abspath(sys.argv[0] or "."))}  # noqa: PTH109, PTH100, PTH120 - faster, as texts are compared
    places = []
    for path in dict.fromkeys(sys.path):
        with suppress(OSError):
            if path not in here:
                places.append((path, os.stat(path).st_mtime_ns))  # noqa: PTH116 - as above
    return tuple(places)


def _found(places: tuple[tuple[str, int], ...]) -> Packages:
    from importlib.metadata import distributions  # noqa: PLC0415 - only where something was installed since
    from importlib.util import find_spec  # noqa: PLC0415 - as above

    found: dict[str, str] = {}
    troubles = []
    points = (it for one in distributions(path=[path for path, _ in places]) for it in one.entry_points)
    for point in points:
        if point.group == GROUP:
            try:
                spec = find_spec(point.value)
                folders = list(spec.submodule_search_locations or ()) if spec else []
            except Exception as error:  # noqa: BLE001 - whatever a package does that is imported on the way
                troubles.append(_trouble(point.value, f": {error}"))
                continue
            if folders:
                found[point.value] = folders[0]
            else:
                troubles.append(_trouble(point.value, ""))
    return Packages(places, tuple(sorted(found.items())), tuple(troubles))


def _trouble(package: str, why: str) -> Trouble:
    remedy = f"An entry point of the group {GROUP} names a package with a folder for each family."
    return Trouble(f"The mistakes of {package} cannot be found{why}.", remedy)
