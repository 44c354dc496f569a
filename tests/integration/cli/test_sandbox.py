"""``labcheck sandbox remove`` says in numbers what will be lost, and asks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from labcheck.home import home, journal
from labcheck.journal import Journal
from labcheck.sandbox.outside.process import Process, origin
from labcheck.sandbox.outside.record import Record
from labcheck.sandbox.places import ENGINE

NOBODY = Process(2**22 + 1, 1, origin())


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of a course that was closed, with a container and an attempt."""
    if os.geteuid() != 0:
        pytest.skip("only root ends sandboxes")
    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path))
    folder = home() / "course"
    (folder / ENGINE / "containers/one").mkdir(parents=True)
    Record("abc", NOBODY, NOBODY, 0.0, str(folder)).write()
    with Journal(journal()) as one:
        one.begin("push-and-pull", engine="abc", began=1)
    return folder


def typed(*words: str) -> subprocess.CompletedProcess[str]:
    """What ``labcheck sandbox`` says, with nobody there to ask."""
    command = [sys.executable, "-m", "labcheck", "sandbox", *words]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=240, check=False)


def test_nothing_is_removed_without_a_yes(kept: Path) -> None:
    done = typed("remove")
    assert done.returncode == 2
    assert done.stdout.splitlines()[0] == f"{kept}  containers 1  images 0  volumes 0  0 MB"
    assert "push-and-pull     attempt 1: 0 of 10 steps, 0 of 19 points; stays in the journal" in done.stdout
    assert done.stderr.startswith("labcheck: Nothing was removed")
    assert "labcheck sandbox remove --yes" in done.stderr
    assert typed("down").stdout == "No sandbox is running.\n"
    assert (kept / ENGINE / "containers/one").is_dir()


def test_a_lab_from_a_path_is_counted_too_and_one_that_is_gone_is_not(kept: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "title: T\nsteps: [{id: a, title: A, checks: [{check: image-present, image: x}]}]", encoding="utf-8"
    )
    with Journal(journal()) as one:
        one.begin(str(file), engine="abc", began=1)
        one.begin(str(tmp_path / "gone.yaml"), engine="abc", began=1)
    done = typed("remove")
    told = [line for line in done.stdout.splitlines() if "stays in the journal" in line]
    assert [line.split()[0] for line in told] == ["push-and-pull", str(file)]
    assert kept.is_dir()


def test_with_a_yes_the_engines_data_goes_and_the_journal_stays(kept: Path) -> None:
    assert typed("remove", "--yes").returncode == 0
    assert not kept.exists()
    with Journal(journal()) as one:
        assert one.labs() == ("push-and-pull",)
    assert typed("remove").stdout == "No engine keeps anything on disk.\n"


def test_a_damaged_journal_does_not_keep_it_from_asking(kept: Path) -> None:
    journal().write_bytes(b"not a journal at all")
    for log in home().glob("journal.db-*"):
        log.unlink()
    done = typed("remove")
    assert (done.returncode, "labcheck: Nothing was removed" in done.stderr) == (2, True)
    assert kept.is_dir()
