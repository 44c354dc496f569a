"""What a journal has of a learner is handed in, by whoever joined; also while no engine runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from labcheck.errors import OutputError, Refused, UnknownName
from labcheck.home import journal
from labcheck.journal import Journal
from labcheck.lab import load
from labcheck.log import Answered, Log
from labcheck.member import Member, join
from labcheck.notebook.opened import OpenLab
from labcheck.notebook.pressed import Pressed, pressed
from labcheck.render.submission import told
from labcheck.submission import Learner
from labcheck.submission_file import decode
from labcheck.submit import submit
from tests.support import recorded
from tests.support.damaged import sql

ANN = Member("ann/07", "Ann", bytes(range(16)))
LAB = "push-and-pull"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's folder, and a home with two attempts at a lab and one at another."""
    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/nowhere")
    monkeypatch.delenv("LABCHECK_JOURNAL", raising=False)
    monkeypatch.chdir(tmp_path)
    for name, lab in (("untouched", LAB), ("solved", LAB), ("untouched", "start-here")):
        _file(recorded.log(name), lab)
    return tmp_path


def _file(log: Log, lab: str) -> None:
    with Journal(journal()) as filed:
        head = filed.begin(lab, engine=log.engine, began=log.began)
        filed.append(head, log.entries)


def test_all_that_was_begun_is_handed_in(folder: Path) -> None:
    written = submit(learner=Learner("ann/07", "Ann"))
    assert written.file == Path("ann-07.labcheck")
    handed = decode((folder / written.file).read_bytes())
    assert handed == written.submission
    assert [(log.lab, log.attempt) for log in handed.logs] == [(LAB, 1), (LAB, 2), ("start-here", 1)]
    assert handed.logs[1].entries == recorded.log("solved").entries
    assert handed.labs == {lab: load(lab).digest for lab in (LAB, "start-here")}
    assert all(filing.is_whole and filing.seal.link for filing in handed.filings)
    assert handed.signature is None


def test_one_lab_has_a_file_of_its_own(folder: Path) -> None:
    assert submit([LAB]).file == Path("push-and-pull.labcheck")
    assert submit([LAB], Learner("ann")).file == Path("ann-push-and-pull.labcheck")
    assert submit([LAB], file=folder / "x").file == folder / "x"
    assert {log.lab for log in decode((folder / "x").read_bytes()).logs} == {LAB}


def test_whoever_joined_signs_and_is_nobody_else(folder: Path) -> None:
    join(ANN)
    handed = submit().submission
    assert handed.learner == Learner("ann/07", "Ann")
    assert handed.signature
    assert handed.signature.fits(ANN.key)
    assert submit(learner=Learner("ann/07")).submission.signature
    with pytest.raises(Refused, match="belongs to ann/07"):
        submit(learner=Learner("bob"))
    assert not (folder / "bob.labcheck").exists()


def test_an_edited_journal_shows(folder: Path) -> None:
    sql(
        folder / "home/journal.db",
        "UPDATE entry SET body = CAST(replace(body, '\"httpd nginx\"', '\"nginx\"') AS BLOB)",
    )
    handed = submit([LAB]).submission
    assert [filing.is_whole for filing in handed.filings] == [True, False]
    assert "this is not what was filed" in told(handed, 1)


def test_what_cannot_be_handed_in_is_said(folder: Path) -> None:
    with pytest.raises(UnknownName):
        submit(["nothing"])
    with pytest.raises(Refused, match="no attempt at image-names"):
        submit(["image-names"])
    with pytest.raises(OutputError, match="cannot be written"):
        submit(file=folder / "no" / "where")
    (folder / "home/journal.db").unlink()
    with pytest.raises(Refused, match="nothing to submit"):
        submit()


def test_a_notebook_and_a_button_hand_in_their_lab(folder: Path) -> None:
    result = OpenLab(load(LAB)).submit("ann", "Ann Example")
    assert "Written to ann-push-and-pull.labcheck." in repr(result)
    assert "Submission of Ann Example (ann)" in result._repr_html_()
    (folder / "ann-push-and-pull.labcheck").unlink()
    join(ANN)
    said = pressed(load(LAB), Pressed("submit")).say
    assert said.startswith("Hand in ann-07-push-and-pull.labcheck (")
    assert decode((folder / "ann-07-push-and-pull.labcheck").read_bytes()).learner.id == "ann/07"


def test_what_is_in_it_is_told_in_words() -> None:
    with Journal(journal()) as filed:
        (_, head) = filed.attempts(LAB)
        filed.append(head, [Answered(head.began + 10**12, "catalog", "\x1b[2J")])
    lines = told(submit([LAB], Learner("", "Ann\u202e")).submission, 5000).splitlines()
    assert lines[0].startswith("Submission of Ann")
    assert not {"\x1b", "\u202e"} & set("".join(lines))
    assert any("attempt 2" in line and "4 answers" in line for line in lines)
