"""A notebook in a sandbox: recorded, then proved by ``pytest --nbval``; each way to break it fails."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest

from labcheck.notebook.page import Notebook, codes, written
from labcheck.sandbox.outside import Sandbox
from tests.support.pages import NBVAL, PRACTICE, called, notebook, typed

pytestmark = pytest.mark.live

OPEN = called('import labcheck\n\nlab = labcheck.open("push-and-pull")')
SMALL = notebook(
    called('import labcheck\n\nlab = labcheck.open("start-here")'),
    typed("docker pull -q busybox:latest"),
    typed("# Run it.", "exercise:run"),
    typed("# Pull it.", "exercise:pull"),
    called('lab.check("pull")'),
    called('lab.check("run")'),
    called('lab.answer("count", ...)', "exercise:count"),
    called('lab.check("count")'),
    typed("docker rm -f hello"),
    called('lab.check("remove")'),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of notebooks."""
    (tmp_path / "notebooks").mkdir()
    return tmp_path / "notebooks"


def save(page: Notebook, path: Path) -> Path:
    path.write_text(written(page), encoding="utf-8")
    return path


def recorded(world: Sandbox, page: Notebook, path: Path) -> Notebook:
    """The notebook as it is after it was recorded."""
    done = world.run([sys.executable, "-m", "labcheck", "record", str(save(page, path))], timeout=240)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "labcheck:" not in done.stderr
    assert "Traceback" not in done.stderr
    stored: Notebook = json.loads(path.read_text(encoding="utf-8"))
    return stored


def nbval(world: Sandbox, folder: Path, *options: str) -> tuple[dict[str, str], str]:
    """Each notebook's dots, and all that was said."""
    done = world.run(
        [*NBVAL, *options, "."],
        folder=folder,
        timeout=200,
        extra={"PYTEST_ADDOPTS": "--continue-on-collection-errors", "COLUMNS": "200"},
    )
    rows = re.findall(r"^(\w+)\.ipynb (\S+) +\[", done.stdout, flags=re.MULTILINE)
    return dict(rows), done.stdout + done.stderr


def test_the_whole_practice_passes_in_the_sandbox_it_was_recorded_in(world: Sandbox, folder: Path) -> None:
    stored = recorded(world, PRACTICE, folder / "practice.ipynb")
    assert [code.source for code in codes(stored)] == [code.source for code in codes(PRACTICE)]
    assert [code.cell["execution_count"] for code in codes(stored)] == list(range(1, len(codes(PRACTICE)) + 1))
    assert "Well done! All 10 steps are done" in json.dumps(codes(stored)[-1].cell["outputs"])
    before = (folder / "practice.ipynb").read_bytes()
    dots, said = nbval(world, folder)
    assert dots == {"practice": "." * len(codes(PRACTICE))}, said
    assert (folder / "practice.ipynb").read_bytes() == before


WIDGET = """
import subprocess
import labcheck
from labcheck.wait import wait_until

shown, button = labcheck.open("push-and-pull").widget().children
assert wait_until(lambda: "Pull nginx and httpd" in shown.value, 60), shown.value
assert "<style>" in shown.value, "elsewhere nobody else brings the page's style"
assert 'class="labcheck-done' not in shown.value
subprocess.run("docker pull -q nginx:latest; docker pull -q httpd:latest", shell=True, check=True)
assert wait_until(lambda: 'class="labcheck-done' in shown.value, 60), shown.value
shown.value = ""
button.click()
assert 'class="labcheck-done' in shown.value, shown.value
"""


def test_elsewhere_than_in_the_courses_page_a_widget_follows_what_is_done(world: Sandbox) -> None:
    done = world.run([sys.executable, "-c", WIDGET], timeout=150)
    assert done.returncode == 0, done.stderr


def change(number: int, **fields: object) -> Callable[[Notebook], None]:
    """Change this code cell."""

    def changed(page: Notebook) -> None:
        codes(page)[number].cell.update(deepcopy(fields))

    return changed


SAID = [{"output_type": "stream", "name": "stdout", "text": "docker.io/library/nginx:latest\n"}]
BROKEN: dict[str, tuple[Callable[[Notebook], None], str, str]] = {
    "mutated": (change(1, outputs=SAID), ".F........", "Cell outputs differ"),
    "stripped": (change(1, outputs=[]), ".F........", "Unexpected output fields"),
    "lost": (change(2, metadata={}), "", "it was deleted, or lost its tag exercise:run"),
    "unrun": (change(1, execution_count=None), "", "it was never run"),
    "unknown": (change(2, metadata={"tags": ["exercise:pul"]}), "", "has no step called pul"),
}


def test_recording_again_changes_nothing_and_every_way_to_break_it_fails(shared_world: Sandbox, folder: Path) -> None:
    page = recorded(shared_world, SMALL, folder / "small.ipynb")
    before = (folder / "small.ipynb").read_bytes()
    recorded(shared_world, page, folder / "small.ipynb")
    assert (folder / "small.ipynb").read_bytes() == before
    for name, (breaks, _, _) in BROKEN.items():
        broken = deepcopy(page)
        breaks(broken)
        save(broken, folder / f"{name}.ipynb")
    dots, said = nbval(shared_world, folder)
    assert dots == {"small": ".........."} | {name: row for name, (_, row, _) in BROKEN.items() if row}, said
    for _, _, sentence in BROKEN.values():
        assert sentence in said


def test_a_notebook_that_does_not_pass_is_not_recorded(shared_world: Sandbox, folder: Path) -> None:
    failing = {
        "command": [typed("docker pull -q nginx:nonsense")],
        "vacuous": [typed("echo x", "nbval-skip")],
        "unknown": [typed("# x", "exercise:pul")],
    }
    paths = [save(notebook(OPEN, *cells), folder / f"{name}.ipynb") for name, cells in failing.items()]
    before = [path.read_bytes() for path in paths]
    done = shared_world.run([sys.executable, "-m", "labcheck", "record", *map(str, paths)], timeout=240)
    assert done.returncode == 2
    for sentence in (
        "The command failed with exit code 1.",
        "nbval-skip needs a reason",
        "has no step called pul",
    ):
        assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.read_bytes() for path in paths] == before
