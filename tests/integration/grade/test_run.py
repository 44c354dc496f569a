"""A class is graded side by side, and comes out the same however many processes take part."""

from __future__ import annotations

from pathlib import Path

import msgspec

from labcheck.grade import Job, Rules, grade
from labcheck.render.gradebook_csv import render
from labcheck.submission import Learner, Submission, encode
from tests.support import recorded

COUNT = 150
LAB = "push-and-pull"


def _class(folder: Path) -> tuple[Path, ...]:
    """Submissions of a class, and a file that is none."""
    names = sorted(recorded.PRACTISED)
    for number in range(COUNT):
        log = recorded.log(names[number % len(names)])
        handed = Submission(Learner(f"l{number:03}", "=Ann"), 10**18 + number, {LAB: ""}, (log,))
        (folder / f"{number:03}.labcheck").write_bytes(encode(handed))
    (folder / "broken.labcheck").write_bytes(b"no submission")
    return tuple(folder.iterdir())


def test_the_number_of_processes_changes_nothing(tmp_path: Path) -> None:
    job = Job(files=_class(tmp_path), labs=(LAB,), rules=Rules(), at=0, workers=1)
    told: list[int] = []
    one, two = grade(job), grade(msgspec.structs.replace(job, workers=2, files=job.files[::-1]), told.append)
    assert msgspec.json.encode(one) == msgspec.json.encode(two)
    assert told[-1] == COUNT + 1
    assert [it.file for it in one.not_gradable] == ["broken.labcheck"]
    assert len(one.marked) == COUNT
    assert {mark.labs[0].points for mark in one.marked} == {0, 6, 19}
    assert render(one).splitlines()[1].startswith("l000,'=Ann,")
