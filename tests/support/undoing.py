"""How each demand of a lab is undone: ``tests/labs`` has a file for each, with one command a demand.

The file has the lab's steps that demand something; under each, in the order of its checks, the kind of the check and
the command. ``{name}`` stands for the lab's value, as in the lab's own file. What a command adds is called ``other``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from labcheck.check import Check
from labcheck.lab import Lab
from labcheck.lab.values import PLACEHOLDER
from tests.support.places import TESTS

FILES = {path.stem: path for path in sorted((TESTS / "labs").glob("*.yaml"))}
"""The lists there are, by the name of the lab's file."""


@dataclass(frozen=True)
class Undoing:
    """One command, and the demand of this step that it undoes."""

    step: str
    check: Check
    command: str


def kind(check: Check) -> str:
    """What the check is called in a lab file."""
    return str(type(check).__struct_config__.tag)


def undoings(lab: Lab, path: Path) -> list[Undoing]:
    """All that are listed there for this lab, as it was drawn. Fails where one is missing, or is too many."""
    listed = yaml.safe_load(path.read_text(encoding="utf-8"))
    demanded = {step.id: step.checks for step in lab.steps if step.checks}
    found = {step: [next(iter(one.items())) for one in rows] for step, rows in listed.items()}
    kinds = {step: [name for name, _ in rows] for step, rows in found.items()}
    wanted = {step: [kind(check) for check in checks] for step, checks in demanded.items()}
    missing = {step: names for step, names in wanted.items() if kinds.get(step) != names}
    extra = [step for step in kinds if step not in wanted]
    assert kinds == wanted, f"{path.name} must list each demand of the lab, in its order: {missing}; without: {extra}"
    return [
        Undoing(step, check, PLACEHOLDER.sub(lambda match: lab.values[match[1]], command))
        for step, checks in demanded.items()
        for check, (_, command) in zip(checks, found[step], strict=True)
    ]
