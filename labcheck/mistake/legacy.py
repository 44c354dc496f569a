"""What still stands in ``labcheck/diagnoses/`` as tuples: beside the pages, until each has a head.

A module that is converted is removed there and from ``MODULES``; what ``BEFORE`` says of its mistakes goes into heads.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import labcheck

if TYPE_CHECKING:
    from labcheck.diagnosis import Diagnosis
    from labcheck.mistake.page import Place

PACKAGE = "labcheck.diagnoses"
MODULES: tuple[str, ...] = ()
BEFORE: dict[str, str] = {}
"""Which of them are tried before which other mistakes; in a page it is its ``before``."""


def is_legacy(at: Place) -> bool:
    """Whether it is one of these."""
    return at.module.startswith(f"{PACKAGE}.")


def diagnosis(at: Place) -> Diagnosis:
    """The one of this name."""
    diagnoses: tuple[Diagnosis, ...] = import_module(at.module).DIAGNOSES
    return next(it for it in diagnoses if it.name == at.function)


def every() -> Iterator[tuple[str, Diagnosis]]:
    """All of them, with their modules."""
    for module in MODULES:
        for it in import_module(f"{PACKAGE}.{module}").DIAGNOSES:
            yield f"{PACKAGE}.{module}", it


def written() -> list[tuple[str, int]]:
    """When they were written."""
    files = (Path(labcheck.__file__).parent / "diagnoses").glob("*.py")
    return sorted((file.name, file.stat().st_mtime_ns) for file in files)
