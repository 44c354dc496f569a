"""Submissions as a class hands them in: the recorded practice, each with its own containers, engine and instants."""

from __future__ import annotations

from typing import TypeVar, cast

from msgspec.structs import replace

from labcheck.digest import hexadecimal
from labcheck.engine import Event
from labcheck.log import Entry, Happened, Log, Look
from labcheck.snapshot import Snapshot
from labcheck.submission import Learner, Submission
from tests.support import recorded

T = TypeVar("T")
LAB = "push-and-pull"
SECOND = 10**9


def handed_in(number: int, name: str | None = None) -> Submission:
    """That of the learner of this number; ``name`` is the recording, else one after the other."""
    names = sorted(recorded.PRACTISED)
    log = own(recorded.log(name or names[number % len(names)]), number)
    learner = Learner(f"l{number:05}", f"Learner {number}")
    return Submission(learner, log.entries[-1].at + 60 * SECOND, {LAB: ""}, (log,), "0.1.0")


def own(log: Log, number: int) -> Log:
    """The log as it would be on an engine of the learner's own, ``number`` seconds later."""
    events = [Event(it.document) for it in log.entries if isinstance(it, Happened)]
    containers = {event.actor for event in events if event.kind.startswith("container/")}
    ids = {old: hexadecimal(f"{number} {old}".encode())[: len(old)] for old in (*containers, log.engine)}
    entries = tuple(_moved(entry, ids, number * SECOND) for entry in log.entries)
    return replace(log, began=log.began + number * SECOND, engine=ids[log.engine], entries=entries)


def _moved(entry: Entry, ids: dict[str, str], by: int) -> Entry:
    match entry:
        case Look(at, until, snapshot):
            answers = tuple(replace(it, found=_own(it.found, ids, by)) for it in snapshot.answers)
            return replace(entry, at=at + by, until=until + by, snapshot=Snapshot(answers))
        case Happened(document):
            return Happened(_own(document, ids, by))
        case _:
            return replace(entry, at=entry.at + by)


def _own(value: T, ids: dict[str, str], by: int) -> T:
    """The same with other ids, and later."""
    if isinstance(value, dict):
        moved = {key: _own(inner, ids, by) for key, inner in value.items()}
        return cast("T", moved | {"timeNano": moved["timeNano"] + by} if "timeNano" in moved else moved)
    if isinstance(value, list):
        return cast("T", [_own(inner, ids, by) for inner in value])
    return cast("T", ids.get(value, value)) if isinstance(value, str) else value
