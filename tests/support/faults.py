"""The faults that the repair shop may be given: the lab as each of them makes it, and as it is without any."""

from __future__ import annotations

from functools import partial

import msgspec

from labcheck.lab import Lab, load
from labcheck.lab.lab import made
from labcheck.lab.values import Value, filled

SLUG = "repair-shop"
GROUPS = ("reach", "keep", "enter")
"""The three values that draw a fault each."""


def values() -> dict[str, Value]:
    """What the lab draws from."""
    return msgspec.convert(load(SLUG).template["values"], dict[str, Value])


def broken(group: str) -> list[Lab]:
    """The lab with each of this group's faults, in the file's order."""
    return [_made(load(SLUG).template, number) for number in range(len(values()[group]))]  # type: ignore[arg-type]  # a list


def whole() -> Lab:
    """The lab whose setup breaks nothing."""
    template = load(SLUG).template
    setup = str(template["setup"])
    for group in GROUPS:
        setup = setup.replace(f"{{{group}.break}}\n", "")
    return _made({**template, "setup": setup}, 0)


def _made(template: dict[str, object], number: int) -> Lab:
    return made(filled(template, values(), partial(_nth, number), SLUG), slug=SLUG)


def _nth(number: int, _name: str, count: int) -> int:
    return number % count
