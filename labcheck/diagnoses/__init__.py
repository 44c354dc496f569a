"""The mistakes people really make, grouped like the checks they explain.

A check that is not met is explained by the first diagnosis that recognises it, so within a group the specific
come before the general.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from labcheck.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterable

    from labcheck.check import Check
    from labcheck.diagnosis import Diagnosis, Explanation
    from labcheck.past import Past

LONGEST = 20_000
"""Characters of a message that are understood, from its end, where the trouble stands: time goes by their square."""

UNSEEN = ("chosen", "versions", "engine")
"""The groups of what keeps us from looking, in the order in which they are tried."""
SEEN = (
    "holders", "ports", "containers", "policies", "registry", "images", "removals", "names", "transfer", "passwords",
)  # fmt: skip
"""The groups after them that recognise something in what was seen. The others know a message only, and a look loads
none of them."""
NOTES = ("notes",)


def diagnose(check: Check, past: Past) -> tuple[str, Explanation] | None:
    """The name and the explanation of the first mistake that is recognised, or ``None``."""
    return _recognised(check, past, SEEN if past.saw_all else UNSEEN + SEEN)


def note(check: Check, past: Past) -> tuple[str, Explanation] | None:
    """The name and the text of what is worth knowing of a check that is met, or ``None``."""
    return _recognised(check, past, NOTES)


def _recognised(check: Check, past: Past, groups: Iterable[str]) -> tuple[str, Explanation] | None:
    for group in groups:
        diagnoses: tuple[Diagnosis, ...] = import_module(f"labcheck.diagnoses.{group}").DIAGNOSES
        for diagnosis in diagnoses:
            if explanation := diagnosis.recognise(check, past):
                return diagnosis.name, explanation
    return None


def explain(text: str) -> tuple[str, Explanation] | None:
    """The name and the explanation of the first mistake that shows in what a command printed, or ``None``."""
    text = text[-LONGEST:]
    for diagnosis in _all():
        if explanation := diagnosis.explain(text):
            return diagnosis.name, explanation
    return None


def named(name: str) -> Diagnosis:
    """The diagnosis of this name. Raises :class:`UnknownName`, with the names that are near it."""
    for diagnosis in _all():
        if diagnosis.name == name:
            return diagnosis
    names = [diagnosis.name for diagnosis in _all()]
    raise UnknownName(f"There is no diagnosis called {name}.", name, names, "labcheck explain lists all.")


def _all() -> tuple[Diagnosis, ...]:
    from labcheck.diagnoses.families import DIAGNOSES  # noqa: PLC0415 - all groups; a look needs few of them

    return DIAGNOSES
