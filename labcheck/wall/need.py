"""Who needs help, at what, and for how long: what was heard of a class -> the rows of its wall, the neediest first.

Seconds that a learner told go on counting here, so a row stays true between two messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from itertools import groupby
from typing import Final

import msgspec

from labcheck.lab import slugs
from labcheck.share.where import Stand, Where
from labcheck.wall.register import Heard

SILENT: Final = 20.0
"""Seconds without a message after which the course is closed, or the network gone: four heartbeats."""
STUCK: Final = 120
"""Seconds for which it has been the same mistake: long enough to have read the explanation and tried what it says."""
TRIES: Final = 3
"""Wrong answers to one question."""
SLOW: Final = 600
"""Seconds in which no step was completed. The longest step of the course takes less when it goes well."""


class Need(IntEnum):
    """How a learner stands, the neediest first."""

    ASKS = 0
    STUCK = 1
    UNSEEN = 2
    SLOW = 3
    WORKING = 4
    FINISHED = 5
    SILENT = 6
    ABSENT = 7


class Row(msgspec.Struct, frozen=True):
    """A learner on the wall; ``seconds`` is for how long it has been so."""

    learner: str
    name: str
    need: Need
    seconds: int = 0
    where: Where = Where()


def rows(heard: Iterable[tuple[str, Heard | None]], names: Mapping[str, str], now: float) -> list[Row]:
    """A row for each learner; ``now`` is in seconds of the clock by which messages were heard."""
    made = [_row(learner, names.get(learner, ""), it, now) for learner, it in heard]
    return sorted(made, key=lambda row: (row.need, -row.seconds, (row.name or row.learner).casefold(), row.learner))


def mistakes(those: Iterable[Row]) -> Iterator[tuple[str, int]]:
    """The mistakes of those who are there and have one now, the commonest first, and how many have it."""
    counted: dict[str, int] = {}
    for row in those:
        if row.need < Need.SILENT and row.where.mistake:
            counted[row.where.mistake] = counted.get(row.where.mistake, 0) + 1
    return iter(sorted(counted.items(), key=lambda it: (-it[1], it[0])))


def commonest_lab(those: Iterable[Row]) -> str:
    """The lab at which most of them are; none if nobody began one."""
    counted: dict[str, int] = {}
    for row in those:
        if row.where.lab:
            counted[row.where.lab] = counted.get(row.where.lab, 0) + 1
    return max(counted, key=lambda lab: (counted[lab], lab), default="")


def by_place(those: Iterable[Row]) -> Iterator[list[Row]]:
    """Those who are at the same step, step by step, in the order of the course: who has most to do is first."""
    order = {slug: place for place, slug in enumerate(slugs())}

    def place(row: Row) -> tuple[int, str, int, str]:
        it = row.where
        number = next((place for place, step in enumerate(it.steps) if step.id == it.at), len(it.steps))
        return order.get(it.lab, len(order)), it.lab, number, it.at

    return (list(at_it) for _, at_it in groupby(sorted(those, key=place), place))


def _row(learner: str, name: str, heard: Heard | None, now: float) -> Row:
    if heard is None or heard.where.gone:
        return Row(learner, name, Need.ABSENT)
    since = max(0, int(now - heard.at))
    need, seconds = _need(heard.where, since)
    return Row(learner, name, need, seconds, heard.where)


def _need(it: Where, since: int) -> tuple[Need, int]:  # noqa: PLR0911 - one for each
    if since >= SILENT:
        return Need.SILENT, since
    if it.waiting is not None:
        return Need.ASKS, it.waiting + since
    open_step = next((step.stand for step in it.steps if step.id == it.at), None)
    if open_step is Stand.UNSEEN:
        return Need.UNSEEN, max(it.stuck, it.idle) + since
    stuck = it.stuck + since
    if it.mistake and (stuck >= STUCK or it.tries >= TRIES):
        return Need.STUCK, stuck
    if it.steps and not it.at:
        return Need.FINISHED, it.idle + since
    if it.idle + since >= SLOW:
        return Need.SLOW, it.idle + since
    return Need.WORKING, it.idle + since
