"""A class is graded side by side, and comes out the same however many processes take part."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from labcheck.errors import InvalidLab, Refused
from labcheck.grade import Excuse, Job, Rules, Source, grade
from labcheck.grade.output import Output, write
from labcheck.gradebook_file import Earlier
from labcheck.roster import Enrolled, Roster
from labcheck.submission import Learner, Submission
from labcheck.submission_file import encode
from labcheck.verdict import Outcome
from tests.support import recorded
from tests.support.places import PACKAGE

COUNT = 150
LAB = "push-and-pull"


def _class(folder: Path, count: int = COUNT) -> tuple[Path, ...]:
    """Submissions of a class, and a file that is none."""
    names = sorted(recorded.PRACTISED)
    folder.mkdir()
    for number in range(count):
        log = recorded.log(names[number % len(names)])
        handed = Submission(Learner(f"l{number:03}", "=Ann"), 10**18 + number, {LAB: ""}, (log,))
        (folder / f"{number:03}.labcheck").write_bytes(encode(handed))
    (folder / "broken.labcheck").write_bytes(b"no submission")
    return tuple(folder.iterdir())


def _files(folder: Path) -> dict[str, bytes]:
    return {it.relative_to(folder).as_posix(): it.read_bytes() for it in folder.rglob("*") if it.is_file()}


def _job(files: tuple[Path, ...], **more: object) -> Job:
    return replace(Job(files=files, labs=(Source.of(LAB),), rules=Rules(), at=10**18, workers=1), **more)


def test_the_number_of_processes_changes_nothing(tmp_path: Path) -> None:
    job = _job(_class(tmp_path / "class"))
    told: list[int] = []
    with grade(job) as book:
        write(book, Output(tmp_path / "one"))
        assert [it.file for it in book.not_gradable] == ["broken.labcheck"]
        assert [it.learner.id for it in book.marked] == [f"l{number:03}" for number in range(COUNT)]
        assert {mark.labs[0].points for mark in book.marked} == {0, 6, 19}
    with grade(replace(job, workers=2, files=job.files[::-1]), told.append) as book:
        write(book, Output(tmp_path / "two"))
    assert told[-1] == COUNT + 1
    assert _files(tmp_path / "one") == _files(tmp_path / "two")
    assert (tmp_path / "one" / "gradebook.csv").read_text().splitlines()[1].startswith("l000,'=Ann,")


def test_the_roster_says_who_is_missing(tmp_path: Path) -> None:
    roster = Roster({it: Enrolled(it, it.upper()) for it in ("l000", "l001", "zoe")})
    with grade(_job(_class(tmp_path / "class", 3), roster=roster)) as book:
        told = [(it.learner.id, it.learner.name, it.is_missing, it.unknown) for it in book.marked]
    assert told == [
        ("l000", "L000", False, False),
        ("l001", "L001", False, False),
        ("l002", "=Ann", False, True),
        ("zoe", "ZOE", True, False),
    ]


def test_a_corrected_lab_regrades_all_and_says_whose_points_change_and_why(tmp_path: Path) -> None:
    files, out = _class(tmp_path / "class", 3), tmp_path / "out"
    with grade(_job(files)) as book:
        assert write(book, Output(out)) is None
    with grade(_job(files)) as book:
        same = write(book, Output(out))
        assert same is not None
        assert same.count == 0
    before = [(it.learner, it.submitted_at) for it in Earlier(out / "gradebook.json")]
    corrected = replace(_job(files, labs=(_corrected(tmp_path),)), at=2 * 10**18)
    with grade(corrected) as book:
        told = write(book, Output(out))
        assert told is not None
        assert [(it.learner, it.submitted_at) for it in book.marked] == before
        marks = {it.learner.id: it.labs[0] for it in book.marked}
    assert "l001" in {it.learner.id for it in told.first}
    assert {(it.step, it.before, it.after) for it in told.first} == {("start-registry", "2", "0 to 2")}
    for it in told.first:
        assert (it.outcome_before, it.outcome_after) == (Outcome.PASS, Outcome.INCONCLUSIVE)
        assert "Nobody looked at that" in it.why
    assert (marks["l001"].points, marks["l001"].at_most) == (17, 19)
    assert (out / "changes.csv").read_bytes().count(b"\r\n") == 1 + told.count
    assert Earlier(out / "gradebook.json").graded_at.startswith("2033-")


def _corrected(folder: Path) -> Source:
    """A lab that demands, too, what nobody observed."""
    text = (PACKAGE / "labs/03-push-and-pull.yaml").read_text(encoding="utf-8")
    answers = '      - {check: registry-answers, domain: "{registry}"}\n'
    more = '      - {check: deleting-enabled, domain: "{registry}"}\n'
    assert text.count(answers) == 1
    (folder / "corrected.yaml").write_text(text.replace(answers, answers + more), encoding="utf-8")
    return Source.of(f"{LAB}={folder}/corrected.yaml")


def test_a_gradebook_is_compared_with_another_and_excuses_are_said(tmp_path: Path) -> None:
    files = _class(tmp_path / "class", 3)
    with grade(_job(files)) as book:
        write(book, Output(tmp_path / "before"))
    with grade(_job(files, rules=Rules(excuses=(Excuse("tag", learner="l001"),)))) as book:
        told = write(book, Output(tmp_path / "after", before=tmp_path / "before"))
    assert told is not None
    assert [(it.learner.id, it.step, it.before, it.after, it.why) for it in told.first] == [
        ("l001", "tag", "2", "excused", "It is excused.")
    ]


@pytest.mark.parametrize("content", [b"", b"{}", b'{"schema":1,"graded_at":"x","labs":[],"marked":[\n{"learner":1}\n'])
def test_what_is_no_gradebook_is_refused_and_stays(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "gradebook.json").write_bytes(content)
    with grade(_job(_class(tmp_path / "class", 1))) as book, pytest.raises(Refused, match="no gradebook"):
        write(book, Output(tmp_path))
    assert (tmp_path / "gradebook.json").read_bytes() == content


def test_a_lab_that_cannot_be_read_is_refused_before_anything_is_graded(tmp_path: Path) -> None:
    job = replace(_job(_class(tmp_path / "class", 3), labs=(Source(LAB, str(tmp_path / "gone.yaml")),)), workers=2)
    told: list[int] = []
    with pytest.raises(InvalidLab, match="cannot be read"), grade(job, told.append):
        pass
    assert told == []
