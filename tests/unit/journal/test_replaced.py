"""A journal whose file is deleted or replaced while it is open: that is said once, and what follows is filed."""

from __future__ import annotations

from pathlib import Path

import pytest

from labcheck import journal as journals
from labcheck.journal import notice as said
from labcheck.lab import load
from labcheck.log import Log
from labcheck.progress import Progress
from labcheck.seed import SEED
from tests.support.logs import SECOND, look, pull
from tests.support.whole_logs import Journal

LAB = "push-and-pull"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(said, "_said", {})
    return tmp_path / "home" / "journal.db"


def join(journal: Journal) -> Log:
    """What each look does first."""
    return journal.join(LAB, engine="engine", began=1)


def delete(path: Path) -> None:
    """As ``rm journal.db*``."""
    for file in path.parent.iterdir():
        file.unlink()


def delete_the_folder(path: Path) -> None:
    """As ``rm -r`` of the course's home."""
    delete(path)
    path.parent.rmdir()


def replace(path: Path) -> None:
    """Put another journal there."""
    delete(path)
    other = path.parent.with_name("other") / path.name
    with Journal(other) as journal:
        journal.begin("mirrors", engine="engine", began=1)
    other.rename(path)


@pytest.mark.parametrize("happens", [delete, delete_the_folder, replace])
def test_what_follows_is_filed_in_the_journal_that_is_there_now(
    path: Path, happens: object, caplog: pytest.LogCaptureFixture
) -> None:
    assert callable(happens)
    with Journal(path) as journal, Journal(path) as follower:
        journal.begin(LAB, engine="engine", began=1)
        log = journal.append(journal.begin(LAB, engine="engine", began=1), [pull(1), look(2)])
        with journal.recorder(log) as recording:
            assert recording
            happens(path)
            assert follower.wait(log), "there is something else now"
            now = journal.append(join(journal), [pull(3)])
            assert now.entries == (pull(3),)
            assert journal.append(now, [look(4)]).entries == (pull(3), look(4))
        with follower.recorder(log) as recording:
            assert not recording, "that attempt is gone"
        assert follower.current(LAB, "engine") == journal.current(LAB, "engine")
    with Journal(path) as again:
        found = again.current(LAB)
        assert found is not None
        assert found.entries == (pull(3), look(4)), "in the file, not in one that is gone"
    (record,) = caplog.records
    assert f"The journal {path} was deleted or replaced while it was in use" in record.getMessage()


def test_an_attempt_of_the_same_number_is_seen_to_be_another(path: Path) -> None:
    with Journal(path) as journal, Journal(path) as follower:
        log = journal.append(join(journal), [pull(1), look(2)])
        delete(path)
        assert journal.append(join(journal), [pull(3)]).attempt == log.attempt
        assert follower.wait(log)
        newer = follower.current(LAB)
        assert newer is not None
        assert not follower.wait(newer)


def test_a_damaged_journal_that_another_made_anew_is_gone_on_with_in_silence(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Journal(path) as journal:
        log = journal.append(join(journal), [pull(1), look(2)])
    with Journal(path) as journal, Journal(path) as other:
        path.write_bytes(b"Dear diary,today" + path.read_bytes()[16:])
        with Journal(path) as finder:
            assert finder.current(LAB) == log
        assert journal.append(join(journal), [pull(3)]).entries == (*log.entries, pull(3))
        assert not other.wait(journal.append(log, []))
    (record,) = caplog.records
    assert "was damaged" in record.getMessage()


def test_of_a_journal_that_was_deleted_without_its_log_what_the_log_holds_is_saved(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Journal(path) as journal:
        log = journal.append(join(journal), [pull(1), look(2)])
        path.unlink()
        assert journal.append(join(journal), [pull(3)]).entries == (*log.entries, pull(3))
    (record,) = caplog.records
    assert "was damaged" in record.getMessage()


def test_what_was_folded_of_another_journal_counts_no_more(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SEED, "the same")
    lab = load(LAB)
    with journals.Journal(path) as journal:
        head = journal.join(LAB, engine="engine", began=1)
        progress = Progress(lab, journal)
        for at in range(0, 80 * SECOND, 2 * SECOND):
            journal.append(head, [pull(at), look(at + SECOND, f"image-{at}")])
        assert progress.now(head).past.look is not None
        delete(path)
        assert journal.join(LAB, engine="engine", began=1) == head
        assert progress.now(head).past.look is None
