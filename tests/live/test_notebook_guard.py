"""nbval runs notebooks: each passes or fails by what it proves, and none on an engine that is not the course's."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from labcheck.notebook.page import Cell, written
from tests.support.loopback import Asked, Loopback, reply
from tests.support.pages import ERROR, HELLO, IMPORT, NBVAL, PRINT, code, notebook
from tests.support.whole_logs import Journal

INTERRUPTED = [{**ERROR[0], "ename": "KeyboardInterrupt", "evalue": ""}]


def nbval(folder: Path, *options: str, **pages: list[Cell]) -> dict[str, str]:
    """Run nbval on these notebooks; each one's line of dots, and all that was said under the empty name."""
    for name, cells in pages.items():
        (folder / f"{name}.ipynb").write_text(written(notebook(*cells)), encoding="utf-8")
    done = subprocess.run(
        [*NBVAL, *options, "."],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        env=os.environ | {"PYTEST_ADDOPTS": "--continue-on-collection-errors", "COLUMNS": "200"},
    )
    rows = re.findall(r"^(\w+)\.ipynb (\S+) +\[", done.stdout, flags=re.MULTILINE)
    return dict(rows) | {"": done.stdout + done.stderr}


SWALLOWS = "import time\ntry:\n    time.sleep(30)\nexcept KeyboardInterrupt:\n    pass"
CELLS: list[tuple[Cell, str, str]] = [
    (IMPORT, ".", ""),
    (PRINT, ".", ""),
    (code("%load_ext labcheck"), ".", ""),
    (code("%%terminal\necho hello", outputs=HELLO), ".", ""),
    (code("print('hallo')", outputs=HELLO), "F", "Cell outputs differ"),
    (code("print('hello')"), "F", "Unexpected output fields"),
    (code("print('hello')", "nbval-ignore-output", "reason:x"), "F", "the notebook has no output for it"),
    (code("%%nosuch\nx", "nbval-ignore-output", "reason:x", outputs=HELLO), "F", "`%%nosuch` not found"),
    (code("%%terminal\necho hello; exit 3", outputs=HELLO), "F", "labcheck: The command failed with exit code 3."),
    (PRINT, ".", ""),
    (code(SWALLOWS), "F", "The cell was too slow and hid that."),
]


def test_nbval_passes_what_is_right_and_fails_what_only_seems_so(tmp_path: Path) -> None:
    said = nbval(
        tmp_path,
        "--nbval-cell-timeout=2",
        cells=[cell for cell, _, _ in CELLS],
        slow=[IMPORT, code("import time; time.sleep(30)", "raises-exception", outputs=INTERRUPTED)],
        dying=[IMPORT, code("import os; os._exit(1)")],
        unrun=[IMPORT, code("x = 1", count=None)],
        lost=[IMPORT, code('lab = labcheck.open("nolab")')],
    )
    told = said.pop("")
    assert said == {"cells": "".join(dot for _, dot, _ in CELLS), "slow": ".F", "dying": ".F"}, told
    for _, _, sentence in CELLS:
        assert sentence in told
    assert "The kernel died." in told
    assert "unrun.ipynb: Cell 2 [ ] (x = 1): it was never run." in told
    assert "There is no lab called nolab." in told


def test_where_nbval_is_lax_we_are_not_and_what_does_not_use_labcheck_is_left_alone(tmp_path: Path) -> None:
    raises = code("x = 1", "raises-exception", outputs=ERROR)
    said = nbval(
        tmp_path,
        "--nbval-lax",
        ours=[IMPORT, raises, code("print('hello')")],
        theirs=[code("x = 1", "raises-exception"), code("print('hello')"), code("x = 1", count=None)],
    )
    assert (said["ours"], said["theirs"]) == (".FF", "...")
    assert "tagged raises-exception, and nothing was raised" in said[""]


def test_a_notebook_does_not_run_on_an_engine_that_is_not_the_courses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def engine(asked: Asked, _connection: object) -> bytes:
        answers = {"/version": {"ApiVersion": "1.41"}, "/info": {"ID": "theirs", "ServerVersion": "20.10.24"}}
        found = next((answer for end, answer in answers.items() if asked.target.endswith(end)), None)
        return reply(200, dict(found)) if found else reply(404, {"message": "no"})

    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path))
    with Loopback(engine, path=tmp_path / "engine.sock") as loopback:
        monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/engine.sock")
        opened = code('import labcheck\nlab = labcheck.open("push-and-pull")')
        prunes = code(f"%%terminal\ntouch {tmp_path}/pruned")
        said = nbval(tmp_path, theirs=[opened, prunes])
    assert said["theirs"] == "EE"
    assert "This notebook removes images, so it is run only in a sandbox." in said[""]
    assert {asked.method for asked in loopback.asked} == {"GET"}
    assert not (tmp_path / "pruned").exists()
    with Journal(tmp_path / "journal.db") as journal:
        assert journal.labs() == ()


CONFTEST = """
import pytest

@pytest.hookimpl(hookwrapper=True)
def pytest_collection_modifyitems(items):
    yield

def pytest_configure(config):
    config.pluginmanager.register(Plugin())

class Plugin:
{hook}
"""
SHUFFLES = """
    def pytest_collection_modifyitems(self, items):
        items.reverse()
"""
RERUNS = """
    def pytest_runtest_protocol(self, item, nextitem):
        from _pytest.runner import runtestprotocol
        for _ in range(2):
            runtestprotocol(item, nextitem=nextitem)
        return True
"""


@pytest.mark.parametrize(
    ("hook", "sentence"),
    [
        (SHUFFLES, "ours.ipynb: its cells are run in their order, and no others in between."),
        (RERUNS, "ours.ipynb, Cell 1 [1]: a cell that is run again finds what it did the first time"),
    ],
    ids=["another order", "reruns"],
)
def test_what_runs_cells_otherwise_than_a_reader_is_refused(tmp_path: Path, hook: str, sentence: str) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST.format(hook=hook), encoding="utf-8")
    said = nbval(tmp_path, "-W", "ignore", ours=[IMPORT, PRINT])
    assert sentence in said[""]


def test_several_processes_are_refused_once_for_each_notebook(tmp_path: Path) -> None:
    (tmp_path / "ours.ipynb").write_text(written(notebook(IMPORT, PRINT)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval", "-n2", "-p", "no:cacheprovider", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode != 0
    # Under CI pytest says it once more, whole, in its summary.
    said = [
        line for line in done.stdout.splitlines() if line.startswith("ours.ipynb: Notebooks share one engine, so one")
    ]
    assert len(said) == 1, done.stdout
