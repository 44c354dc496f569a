"""What was done in an attempt, in its order: what each command did, which step it completed, and where a step broke.

It is told from the log alone, the same folding that judges it. A look belongs to what was done before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from labcheck.engine import Event
from labcheck.lab import Lab, Step
from labcheck.log import Answered, Entry, Gap, Happened, Log, Look, Shown
from labcheck.replay import each, start
from labcheck.report import Change, Deed, rfc3339
from labcheck.standing import Standing
from labcheck.verdict import Outcome

OF_CONTAINERS: Final = {
    "container/start": "Started {}",
    "container/die": "{} ended",
    "container/rename": "Renamed {}",
    "container/update": "Changed {}",
    "container/destroy": "Removed {}",
}
OF_IMAGES: Final = {
    "image/pull": "Pulled {}",
    "image/push": "Pushed {}",
    "image/tag": "Named an image {}",
    "image/untag": "Took the name of an image away",
    "image/delete": "Removed an image",
    "image/load": "Loaded an image",
    "image/import": "Imported an image",
}
HELPED: Final = {
    "hint": "Saw a hint: {}",
    "solution": "Saw the solution: {}",
    "played": "labcheck played the solution: {}",
}
LOOKED: Final = "Somebody looked"
FORGOTTEN: Final = "What happened just before this, the engine no longer knows"


def timeline(lab: Lab, log: Log) -> tuple[Deed, ...]:
    """All that was done, the oldest first. What was done several times in a row is told once."""
    deeds: list[Deed] = []
    before = start(lab, log.began)
    for entry, now in zip(log.entries, each(lab, before, log.entries), strict=True):
        told = _told(lab, entry, now)
        if told and not (deeds and deeds[-1].what == told and not deeds[-1].changes):
            deeds.append(Deed(at=rfc3339(entry.at), what=told))
        if changes := tuple(_changes(lab, before, now)):
            if not deeds:
                deeds.append(Deed(at=rfc3339(entry.at), what=LOOKED))
            deeds[-1] = replace(deeds[-1], changes=(*deeds[-1].changes, *changes))
        before = now
    return tuple(deeds)


def _told(lab: Lab, entry: Entry, now: Standing) -> str:
    """What was done, in words; nothing where that is not worth a line."""
    match entry:
        case Happened():
            return _happened(entry.event)
        case Answered(_, step, value):
            given = next((it for it in reversed(now.answers.get(step, ())) if it.at == entry.at), None)
            finding = given.finding if given else None
            word = "" if finding is None else ", right" if finding.outcome is Outcome.PASS else ", not right"
            return f"Answered {_title(lab, step)}: {value}{word}"
        case Shown(_, step, what):
            return HELPED[what].format(_title(lab, step))
        case Gap():
            return FORGOTTEN
        case Look():
            return ""


def _happened(event: Event) -> str:
    if event.kind in OF_CONTAINERS:
        told = OF_CONTAINERS[event.kind].format(f"the container {event.name}" if event.name else "a container")
        return told[0].upper() + told[1:]
    name = event.name if event.kind == "image/tag" else event.actor
    return OF_IMAGES.get(event.kind, "").format(name or "an image")


def _changes(lab: Lab, before: Standing, now: Standing) -> Iterator[Change]:
    """Which steps stand otherwise now."""
    for step in lab.steps:
        was_broken, is_broken = _is_broken(lab, step, before), _is_broken(lab, step, now)
        if step.id in now.done and step.id not in before.done:
            yield Change(step.title, "done")
        if is_broken and not was_broken:
            yield Change(step.title, "broken")
        elif was_broken and not is_broken:
            yield Change(step.title, "mended" if now.holds(step.id) else "undone")


def _is_broken(lab: Lab, step: Step, standing: Standing) -> bool:
    return step.id in standing.broken and not standing.is_undone(lab, step)


def _title(lab: Lab, step_id: str) -> str:
    return next((step.title for step in lab.steps if step.id == step_id), step_id)
