"""A journal that cannot be used: one sentence, a remedy that works, and the file as it was."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from labcheck.errors import JournalError
from labcheck.home import claimed
from labcheck.log import Entry, Log
from tests.support.damaged import LAB, as_root, sql
from tests.support.logs import look, pull
from tests.support.whole_logs import Journal

NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal of some length, in a folder whose name a shell would take apart."""
    path = tmp_path / "it's home" / "journal.db"
    fill(path)
    return path


def fill(path: Path) -> Log:
    """File some entries."""
    filed: list[Entry] = []
    for at in range(0, 120, 2):
        filed += [pull(at), look(at + 1, *(f"image-{at}-{number}" for number in range(8)))]
    with Journal(path) as journal:
        return journal.append(journal.begin(LAB, engine="engine", began=1), filed, "{}")


def use(path: Path) -> Log | None:
    """Do all that can be done with a journal."""
    with Journal(path) as journal:
        journal.labs()
        log = journal.current(LAB)
        if log is not None:
            journal.cursor(log)
            journal.wait(log)
            log = journal.append(log, [pull(1000), look(1001), look(1002)], "{}")
        journal.join(LAB, engine="engine", began=2)
    return log


def refusal(path: Path) -> JournalError:
    """How the journal is refused; the file stays as it is."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(JournalError) as refused:
        use(path)
    assert str(path) in str(refused.value)
    assert refused.value.remedy
    assert (path.read_bytes() if path.is_file() else None) == before
    return refused.value


def in_wal(path: Path) -> None:
    """Leave only the write-ahead log, as if the file had been emptied while labcheck ran."""
    log = path.with_name(f"{path.name}-wal")
    with Journal(path) as journal:
        journal.begin("mirrors", engine="", began=1)
        kept = log.read_bytes()
    log.write_bytes(kept)
    path.write_bytes(b"")


def foreign(path: Path, statement: str) -> None:
    """Put another program's database there."""
    path.unlink()
    sql(path, statement)


NOT_OURS: dict[str, Callable[[Path], object]] = {
    "of another program": lambda path: foreign(path, "CREATE TABLE person (name)"),
    "of another program, numbered like ours": lambda path: foreign(path, "PRAGMA user_version = 1"),
}


@pytest.mark.parametrize("damage", NOT_OURS.values(), ids=NOT_OURS)
def test_what_is_no_journal_is_refused_and_the_remedy_works(path: Path, damage: Callable[[Path], object]) -> None:
    damage(path)
    was = {file.name: file.read_bytes() for file in path.parent.iterdir() if file.is_file()}
    for number in (1, 2):
        error = refusal(path)
        assert "is damaged: " in str(error)
        _, _, command = error.remedy.partition(": ")
        subprocess.run(["sh", "-euc", command], check=True, timeout=240)
        away = path.parent / f"damaged-{number}"
        assert {file.name: file.read_bytes() for file in away.iterdir() if file.is_file()} == was
        assert use(path) is None, "a new one was begun"
        damage_again(path, away)


def damage_again(path: Path, away: Path) -> None:
    """Put the damaged journal back."""
    path.unlink()
    for file in away.iterdir():
        copy = shutil.copytree if file.is_dir() else shutil.copy
        copy(file, path.parent / file.name)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["a folder", "a pipe"])
def test_where_no_file_can_be_no_journal_is_and_nothing_is_touched(path: Path, make: Callable[[Path], object]) -> None:
    path.unlink()
    make(path)
    path.chmod(0o777)
    error = refusal(path)
    assert str(error).startswith(f"The journal cannot be at {path}: that is a ")
    assert "LABCHECK_JOURNAL" in error.remedy
    assert path.stat().st_mode & 0o777 == 0o777


def test_a_file_of_another_program_keeps_its_mode(path: Path) -> None:
    foreign(path, "CREATE TABLE person (name)")
    path.chmod(0o644)
    refusal(path)
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_file_that_the_settings_name_by_mistake_is_not_replaced(tmp_path: Path) -> None:
    hosts = tmp_path / "hosts"
    hosts.write_text("127.0.0.1 localhost\n")
    hosts.chmod(0o644)
    assert str(refusal(hosts)) == f"{hosts} is not a labcheck journal, so it was left as it is."
    assert [*tmp_path.iterdir()] == [hosts]
    assert hosts.stat().st_mode & 0o777 == 0o644


def test_a_newer_journal_is_refused_politely(path: Path) -> None:
    sql(path, "PRAGMA user_version = 7")
    error = refusal(path)
    assert "has schema 7, but this labcheck knows only schema 6" in str(error)
    assert "newer labcheck" in error.remedy
    assert "LABCHECK_HOME" in error.remedy


def test_an_empty_file_is_a_new_journal(path: Path) -> None:
    path.write_bytes(b"")
    assert use(path) is None


@pytest.fixture
def nobody() -> Iterator[Path]:
    """A folder of its own for somebody who is not root, whom permissions bind."""
    with tempfile.TemporaryDirectory() as made:
        home = Path(made)
        if os.geteuid() != 0:
            yield home
            return
        os.chown(home, NOBODY, NOBODY)
        os.seteuid(NOBODY)
        try:
            yield home
        finally:
            os.seteuid(0)


def test_a_folder_that_may_not_be_written_is_refused(nobody: Path) -> None:
    nobody.chmod(0o500)
    error = refusal(nobody / "journal.db")
    assert "cannot be used: Permission denied" in str(error)
    assert f"ls -la {nobody}" in error.remedy
    assert "Permission denied" in str(refusal(nobody / "labcheck" / "journal.db"))
    nobody.chmod(0o700)


def test_a_journal_that_may_not_be_read_or_written_is_refused(nobody: Path) -> None:
    path = nobody / "journal.db"
    log = fill(path)
    path.chmod(0)
    with pytest.raises(JournalError, match="cannot be used: unable to open database file"):
        use(path)
    path.chmod(0o400)
    with Journal(path) as journal:
        assert journal.current(LAB) == log, "whoever may read it can"
        with pytest.raises(JournalError, match="cannot be used: attempt to write a readonly database"):
            journal.append(log, [pull(5)])


def test_a_closed_journal_says_so(path: Path) -> None:
    with Journal(path) as journal:
        pass
    with pytest.raises(JournalError, match="closed"):
        journal.labs()


@as_root
def test_what_root_makes_belongs_to_the_folders_owner(tmp_path: Path) -> None:
    os.chown(tmp_path, 1234, 4321)
    path = tmp_path / "data" / "labcheck" / "journal.db"
    with Journal(path) as journal:
        log = journal.begin(LAB, engine="", began=1)
        with journal.recorder(log):
            made = [tmp_path / "data", path.parent, *path.parent.iterdir()]
            owners = {(file.stat().st_uid, file.stat().st_gid) for file in made}
    assert len(made) == 6, "two folders; the journal, its log, its log's index, the recorder's lock"
    assert owners == {(1234, 4321)}


def modes(folder: Path) -> dict[str, int]:
    """What may be done with the folder and its files, and by whom."""
    return {file.name: file.stat().st_mode & 0o7777 for file in (folder, *folder.iterdir())}


def test_what_is_made_is_its_owners_alone_and_what_was_made_before_becomes_so(tmp_path: Path) -> None:
    path = tmp_path / "labcheck" / "journal.db"
    with Journal(path) as journal, journal.recorder(journal.begin(LAB, engine="", began=1)):
        files = {"journal.db": 0o600, "journal.db-wal": 0o600, "journal.db-shm": 0o600, "journal.db-recorder-1": 0o600}
        assert modes(path.parent) == {"labcheck": 0o700} | files
        for file in (path.parent, *path.parent.iterdir()):
            file.chmod(0o755 if file.is_dir() else 0o644)
        with Journal(path) as again, again.recorder(again.join(LAB, engine="", began=1)):
            assert modes(path.parent) == {"labcheck": 0o700} | files


@as_root
def test_the_home_is_its_owners_alone_also_behind_sudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, person in (("own", ""), ("sudo", str(NOBODY))):
        monkeypatch.setenv("LABCHECK_HOME", str(tmp_path / name))
        monkeypatch.setenv("SUDO_UID", person)
        made = claimed()
        assert made.stat().st_mode & 0o7777 == 0o700
        assert made.stat().st_uid == int(person or 0)


def test_a_folder_that_somebody_chose_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with Journal(tmp_path / "journal.db"):
        assert modes(tmp_path)[tmp_path.name] == 0o755


@as_root
def test_root_takes_nothing_from_the_file_behind_a_link(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.touch(mode=0o644)
    home = tmp_path / "labcheck"
    home.mkdir()
    os.chown(home, NOBODY, NOBODY)
    (home / "journal.db-wal").symlink_to(precious)
    with pytest.raises(JournalError), Journal(home / "journal.db"):
        pass
    assert precious.stat().st_mode & 0o777 == 0o644


@as_root
def test_root_follows_no_link_that_somebody_put_for_the_lock(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.touch()
    with Journal(tmp_path / "home" / "journal.db") as journal:
        log = journal.begin(LAB, engine="", began=1)
        os.chown(tmp_path / "home", NOBODY, NOBODY)
        (tmp_path / "home" / "journal.db-recorder-1").symlink_to(precious)
        with pytest.raises(JournalError, match="cannot be used"), journal.recorder(log):
            pass
    assert precious.stat().st_uid == 0
