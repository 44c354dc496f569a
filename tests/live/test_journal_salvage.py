"""A damaged journal against what really happens to it: whoever saves it is killed, or is a notebook."""

from __future__ import annotations

import shutil
import signal
from itertools import count
from pathlib import Path

import pytest

from labcheck.log import Log
from tests.support.damaged import SAVED, filled, is_part, kept, saved, sql
from tests.support.writer import started

pytestmark = pytest.mark.live


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "it's home" / "journal.db"


@pytest.fixture
def log(path: Path) -> Log:
    return filled(path)


def test_one_that_is_killed_at_any_step_of_it_has_changed_nothing_or_all(path: Path, log: Log) -> None:
    sql(path, "UPDATE entry SET body = x'00' WHERE rowid IN (7, 8)")
    damaged = path.read_bytes()
    with started("be killed", path) as process:
        assert process.stdin
        assert process.stdout
        for step in count(1):
            process.stdin.write(f"{step}\n")
            process.stdin.flush()
            ended = int(process.stdout.readline())
            if kept_now := list(path.parent.glob("damaged-*/journal.db")):
                assert [file.read_bytes() for file in kept_now] == [damaged]
            if ended == 0:
                break
            assert ended == signal.SIGKILL
            now = saved(path)
            assert is_part(now.entries, log.entries)
            assert len(now.entries) == len(log.entries) - 1, "a gap for the two"
            assert kept(path).name == "damaged-1"
            assert not list(kept(path).glob("new*"))
            shutil.rmtree(kept(path))
            for file in path.parent.glob("journal.db*"):
                file.unlink()
            path.write_bytes(damaged)
    assert step > 10, "there were steps to be killed at"


def test_in_a_notebook_it_is_told_below_the_cell_once(path: Path, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    assert log.entries
    path.write_bytes(b"Dear diary,today" + path.read_bytes()[16:])
    monkeypatch.setenv("LABCHECK_HOME", str(path.parent))
    monkeypatch.setenv("DOCKER_HOST", f"unix://{path.parent}/nowhere.sock")
    import nbformat  # noqa: PLC0415 - they take long to load, in each worker
    from nbclient import NotebookClient  # noqa: PLC0415 - as above

    cells = ['import labcheck\nlab = labcheck.open("push-and-pull")', "lab.check()"]
    notebook = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]  # nbformat's
    notebook.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]  # type: ignore[no-untyped-call]  # nbformat's
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    said = [[out.text for out in cell.outputs if out.get("name") == "stderr"] for cell in notebook.cells]
    assert [len(texts) for texts in said] == [1, 0]
    assert SAVED.search(said[0][0])
