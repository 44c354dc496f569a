"""What was recorded in a sandbox with ``LABCHECK_RECORD=1``: logs of attempts, and messages, each read once."""

from __future__ import annotations

from functools import cache

from labcheck import evidence
from labcheck.judge import judge
from labcheck.lab import Lab, load
from labcheck.log import Log
from labcheck.report import Report
from tests.support.mistake import RECORD
from tests.support.places import MISTAKES, PRACTICE

PRACTISED = {path.stem: path for path in sorted(PRACTICE.glob("*.json"))}
"""The attempts without a mistake, by name, recorded by ``tests/live/test_practice.py``."""
ATTEMPTS = PRACTISED | {path.parent.name: path for path in sorted(MISTAKES.glob("*/evidence.json"))}
"""All recorded attempts, by name."""
MESSAGES = {path.parent.name: path for path in sorted(MISTAKES.glob("*/message.txt"))}
"""What the last command of a mistake printed, by the mistake's name."""


@cache
def log(name: str) -> Log:
    """The recorded attempt of this name."""
    assert name in ATTEMPTS, f"{name} has no recording: {RECORD.format(name)}"
    return evidence.decode(ATTEMPTS[name].read_bytes())


def lab(name: str) -> Lab:
    """The lab that the attempt of this name is at."""
    return load(log(name).lab)


def report(name: str) -> Report:
    """How the attempt of this name stands."""
    return judge(lab(name), log(name))


@cache
def message(name: str) -> str:
    """What this mistake's last command printed."""
    assert name in MESSAGES, f"{name} has no recording: {RECORD.format(name)}"
    return MESSAGES[name].read_text(encoding="utf-8")
