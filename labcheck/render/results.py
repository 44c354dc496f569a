"""What a submission came to, as the result file that Gradescope, PrairieLearn and Classroom 50 expect.

Each knows only points, none of them a range. So undecided steps are said in words. PrairieLearn's ``gradable`` is false
then, which costs the learner nothing; Gradescope's test has no score, and the points that are decided are the whole's;
Classroom 50 has only whole points, rounded down.

Gradescope: https://gradescope-autograders.readthedocs.io/en/latest/specs/. PrairieLearn: docs/externalGrading.md.
Classroom 50: schemas/result-v1.schema.json.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from labcheck.errors import Refused
from labcheck.gradebook import LabMark, Marked, StepMark
from labcheck.points import exact
from labcheck.render.feedback import UNDECIDED
from labcheck.render.marks import Word, score, word
from labcheck.render.printable import lines, prose, sentence

ENVIRONMENT: Final = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
    "review": "REVIEW_URL",
}
"""What Classroom 50's runner says of a submission, and in which variables."""


def gradescope(marked: Marked) -> bytes:
    """``results.json``: a test for each step; its score is left out where it is undecided.

    Where a test has no score, or there is no test at all, the whole must have one.
    """
    tests: list[dict[str, object]] = []
    for lab, step in _steps(marked):
        test: dict[str, object] = {
            "name": _named(marked, lab, step),
            "max_score": step.max_points,
            "output": told(step),
            "output_format": "text",
            "visibility": "visible",
        }
        if word(step) is not Word.UNDECIDED:
            test |= {"score": step.points, "status": "passed" if step.points == step.max_points else "failed"}
        tests.append(test)
    result: dict[str, object] = {"output": _summary(marked), "output_format": "text", "visibility": "visible"}
    result["tests"] = tests
    if not tests or not all("score" in test for test in tests):
        result["score"] = exact(sum(step.points for _, step in _steps(marked)))
    return _json(result)


def prairielearn(marked: Marked) -> bytes:
    """``results.json``: a score from 0 to 1, and the steps as tests; not gradable where anything is undecided."""
    points, full = (exact(sum(getattr(lab, it) for lab in marked.labs)) for it in ("points", "max_points"))
    result: dict[str, object] = {
        "gradable": not _undecided(marked),
        "message": _summary(marked),
        "tests": [
            {
                "name": _named(marked, lab, step),
                "points": step.points,
                "max_points": step.max_points,
                "message": told(step),
            }
            for lab, step in _steps(marked)
        ],
    }
    if _undecided(marked):
        result["format_errors"] = [f"{_named(marked, *it)}: {UNDECIDED}" for it in _undecided(marked)]
    else:
        result["score"] = points / full if full else 1.0
    return _json(result)


def classroom50(marked: Marked, environment: Mapping[str, str], graded_at: str) -> bytes:
    """``result.json``. Raises :class:`Refused` without what Classroom 50's runner says in its environment."""
    known = {key: environment.get(name, "") for key, name in ENVIRONMENT.items()}
    known["review"] = known["review"] or known["commit"]
    if missing := [ENVIRONMENT[key] for key, value in known.items() if not value]:
        raise Refused(f"Classroom 50's runner has not set {missing[0]}.", "Grade for it in its own workflow.")
    tests = [
        {
            "test-name": _named(marked, lab, step),
            "passed": step.points == step.max_points,
            "score": int(step.points),
            "max-score": step.max_points,
            "message": told(step),
        }
        for lab, step in _steps(marked)
    ]
    result = {
        "schema": "classroom50/result/v1",
        **known,
        "datetime": _seconds(marked.submitted_at or graded_at),
        "graded_at": _seconds(graded_at),
        "score": sum(int(step.points) for _, step in _steps(marked)),
        "max-score": sum(step.max_points for _, step in _steps(marked)),
        "tests": tests,
    }
    return _json(result)


def told(step: StepMark) -> str:
    """How a step stands and why, on lines of text."""
    rows = [f"{word(step).capitalize()}: {score(step)}."]
    rows += [UNDECIDED] if word(step) is Word.UNDECIDED else []
    trouble = step.trouble
    if trouble:
        parts = {"Expected": trouble.expected, "Seen": trouble.actual, "Why": trouble.why}
        rows += [f"{name}: {sentence(text)}" for name, text in parts.items() if text]
        rows += [f"$ {row}" for command in trouble.fix.commands for row in lines(command)]
        rows += [sentence(row) for row in lines(trouble.fix.advice)]
    return "\n".join(rows)


def _steps(marked: Marked) -> list[tuple[LabMark, StepMark]]:
    """The steps that count."""
    return [(lab, step) for lab in marked.labs for step in lab.steps if not step.excused]


def _undecided(marked: Marked) -> list[tuple[LabMark, StepMark]]:
    return [(lab, step) for lab, step in _steps(marked) if word(step) is Word.UNDECIDED]


def _named(marked: Marked, lab: LabMark, step: StepMark) -> str:
    return prose(step.title) if len(marked.labs) == 1 else f"{prose(lab.title)}: {prose(step.title)}"


def _summary(marked: Marked) -> str:
    return "\n".join(f"{prose(lab.title)}: {score(lab)}." for lab in marked.labs) or "None of the labs was handed in."


def _seconds(time: str) -> str:
    """A time without its fractions."""
    return f"{time[:19]}Z"


def _json(result: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(result), indent=1) + b"\n"
