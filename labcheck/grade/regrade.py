"""(marks before, marks now) -> whose points changed and why. Both are in the order of their learners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby

from labcheck.gradebook import Changed, LabMark, Marked, StepMark
from labcheck.points import span
from labcheck.verdict import Verdict

ABSENT = "The lab no longer has this step."
ADDED = "The lab did not have this step."
HANDED_IN = "Something else was handed in."


def changes(before: Iterable[Marked], now: Iterable[Marked]) -> Iterator[Changed]:
    """Each step whose points are others than before."""
    both = merge(((it, False) for it in before), ((it, True) for it in now), key=lambda it: (it[0].learner.id, it[1]))
    for _, group in groupby(both, key=lambda it: it[0].learner.id):
        those = list(group)
        old, new = ([marked for marked, is_new in those if is_new is which] for which in (False, True))
        for one, other in _pairs(old, new):
            yield from _changed(one, other)


def _pairs(old: list[Marked], new: list[Marked]) -> Iterator[tuple[Marked, Marked]]:
    """What a learner handed in, beside what it was before: by the file's name, or because there is only one."""
    if len(old) == len(new) == 1:
        yield old[0], new[0]
        return
    by_file = {it.file: it for it in old}
    yield from ((by_file[it.file], it) for it in new if it.file in by_file)


def _changed(one: Marked, other: Marked) -> Iterator[Changed]:
    is_other = one.submitted_at != other.submitted_at
    for name in dict.fromkeys(it.lab for it in (*one.labs, *other.labs)):
        before, after = _steps(one.lab(name)), _steps(other.lab(name))
        for step in dict.fromkeys((*after, *before)):
            old, new = before.get(step), after.get(step)
            if shown(old) != shown(new):
                yield Changed(
                    learner=other.learner,
                    lab=name,
                    step=step,
                    before=shown(old),
                    after=shown(new),
                    outcome_before=old.outcome if old else None,
                    outcome_after=new.outcome if new else None,
                    why=HANDED_IN if is_other else _why(old, new),
                )


def _steps(mark: LabMark | None) -> dict[str, StepMark]:
    return {step.id: step for step in mark.steps} if mark else {}


def shown(step: StepMark | None) -> str:
    """A step's points in a word."""
    if step is None:
        return ""
    return "excused" if step.excused else span(step.points, step.at_most)


def _why(old: StepMark | None, new: StepMark | None) -> str:
    if old is None or new is None:
        return ADDED if new else ABSENT
    reasons = {
        "It is excused.": new.excused,
        "It is no longer excused.": old.excused,
        f"It gives {new.max_points} points, not {old.max_points}.": new.max_points != old.max_points,
        "It is late.": new.late and not old.late,
        "It is no longer late.": old.late and not new.late,
        f"Help costs {new.cost} points, not {old.cost}.": new.cost != old.cost,
        f"Now: {_seen(new.trouble)}": new.trouble is not None,
        f"It is done; before: {_seen(old.trouble)}": old.trouble is not None,
    }
    return next((reason for reason, holds in reasons.items() if holds), "It is judged otherwise.")


def _seen(trouble: Verdict | None) -> str:
    """What a verdict says."""
    if trouble is None:
        return ""
    return ". ".join(filter(None, (trouble.title, trouble.actual, trouble.why)))
