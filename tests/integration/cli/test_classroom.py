"""An instructor makes a class file, learners join, what they hand in is checked: by the commands that are typed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import msgspec
import pytest

from labcheck import classroom
from labcheck.errors import Refused
from labcheck.flag import Kind
from labcheck.grade.flags import Class, flags
from labcheck.journal import Journal
from labcheck.member import member
from labcheck.submission_file import decode
from tests.support import recorded
from tests.support.command import labcheck
from tests.support.damaged import sql


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a roster; the learner's course is in ``home``."""
    (tmp_path / "roster.csv").write_text("id,name\nann,Ann Example\nbob,\n", encoding="utf-8")
    return tmp_path


def _made(folder: Path) -> subprocess.CompletedProcess[str]:
    roster, file = folder / "roster.csv", folder / "class.json"
    return labcheck("class", "new", "--roster", str(roster), "-o", str(file), home=folder / "home")


def test_from_a_roster_to_a_signature(folder: Path) -> None:
    assert _made(folder).returncode == 0
    known = classroom.read(folder / "class.json")
    assert (folder / "class.json").stat().st_mode & 0o777 == 0o600
    assert [(it.id, it.name) for it in known.learners] == [("ann", "Ann Example"), ("bob", "")]
    home, file = folder / "home", folder / "x.labcheck"
    assert "This course is now Ann Example (ann)'s." in labcheck("join", known.learners[0].code, home=home).stdout
    with Journal(home / "journal.db") as journal:
        head = journal.begin("start-here", engine="one", began=recorded.log("untouched").began)
        journal.append(head, recorded.log("untouched").entries)
    assert labcheck("submit", "-o", str(file), home=home).returncode == 0
    handed = decode(file.read_bytes())
    assert list(flags(handed, [], Class(known.secret, ["ann", "bob"]))) == []
    assert "It is signed" in labcheck("show", str(file), home=folder / "another").stdout


def test_whoever_removes_their_newest_attempt_is_flagged(folder: Path) -> None:
    home, file = folder / "home", folder / "x.labcheck"
    with Journal(home / "journal.db") as journal:
        for log in (recorded.log("solved"), recorded.log("untouched")):
            journal.append(journal.begin("start-here", engine="one", began=log.began), log.entries)
    sql(home / "journal.db", "DELETE FROM entry WHERE attempt = 2", "DELETE FROM attempt WHERE number = 2")
    assert labcheck("submit", "-o", str(file), home=home).returncode == 0
    (flag,) = flags(decode(file.read_bytes()), [])
    assert (flag.kind, flag.says) == (Kind.EDITED, "What was filed was changed afterwards: attempt 1 at start-here.")


def test_who_comes_later_gets_a_code_and_the_others_keep_theirs(folder: Path) -> None:
    assert _made(folder).returncode == 0
    before = classroom.read(folder / "class.json")
    (folder / "roster.csv").write_text("id,name\nbob,\neve,Eve\n", encoding="utf-8")
    assert _made(folder).returncode == 0
    after = classroom.read(folder / "class.json")
    assert after.secret == before.secret
    assert after.learners[0] == before.learners[1]
    assert [it.id for it in after.learners] == ["bob", "eve"]
    assert len({member(it.code).key for it in (*before.learners, *after.learners)}) == 3


def test_a_course_does_not_change_hands_by_itself(folder: Path) -> None:
    ann, bob = classroom.new([("ann", ""), ("bob", "")]).learners
    home = folder / "home"
    assert labcheck("join", ann.code, home=home).returncode == 0
    assert labcheck("join", ann.code, home=home).returncode == 0
    refused = labcheck("join", bob.code, home=home)
    assert refused.returncode == 2
    assert "belongs to ann" in refused.stderr
    (home / "member.json").unlink()
    assert labcheck("join", bob.code, home=home).returncode == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is not a class file"),
        (b"[" * 100_000, "is not a class file"),
        (b'{"class":1}', "is not a class file"),
        (b'{"class":1,"secret":"AAAA","learners":[]}', "is not a class file"),
        (msgspec.json.encode({"class": 2, "secret": bytes(32), "learners": []}), "is of schema 2"),
    ],
)
def test_what_is_no_class_file_is_refused_and_left_as_it_is(folder: Path, content: bytes, says: str) -> None:
    file = folder / "class.json"
    file.write_bytes(content)
    with pytest.raises(Refused, match=says):
        classroom.read(file)
    assert _made(folder).returncode == 2
    assert file.read_bytes() == content


def test_a_name_that_is_too_long_is_refused(folder: Path) -> None:
    (folder / "roster.csv").write_text(f"id,name\nann,{'x' * 201}\n", encoding="utf-8")
    refused = _made(folder)
    assert refused.returncode == 2
    assert "at most 200 characters" in refused.stderr
    assert not (folder / "class.json").exists()
