"""The checklist as a learner sees it: what is typed in a terminal ticks on the page, mistakes are explained there."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.jupyterlab import JupyterLab, Notebook
from tests.live.course import Course

OPEN = 'labcheck.open("'
LIVE = ".labcheck-live[data-live=yes]"
BUSY = "import time; time.sleep(20)"


def opened(page: Page, folder: Path, name: str) -> tuple[JupyterLab, Notebook, Locator]:
    """The notebook with its first cells run, and its checklist."""
    jupyterlab = JupyterLab(page, folder)
    notebook = jupyterlab.open_notebook(name)
    notebook.run(notebook.number(OPEN))
    checklist = notebook.shown.locator(LIVE)
    expect(checklist).to_be_visible()
    return jupyterlab, notebook, checklist


def row(checklist: Locator, title: str) -> Locator:
    return checklist.locator("ol li", has_text=title)


def test_what_is_typed_in_a_terminal_ticks_while_a_cell_runs(
    course: Course, page: Page, folder: Path, tmp_path: Path
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(course.address)
    jupyterlab, notebook, checklist = opened(page, folder, "03-push-and-pull.ipynb")
    expect(row(checklist, "Start a registry")).to_contain_text("next")
    page.screenshot(path=tmp_path / "opened.png")
    jupyterlab.open_terminal()
    number = notebook.number('lab.check("start-registry")')
    notebook.begin(number, typing=BUSY)
    jupyterlab.types("docker run -d --name my-registry -p 5000:5000 registry:2")
    expect(checklist).to_contain_text("Expected")
    expect(checklist).to_contain_text("restart")
    page.screenshot(path=tmp_path / "mistake.png")
    jupyterlab.types("docker update --restart=always my-registry")
    expect(row(checklist, "Start a registry")).to_contain_text("done")
    expect(checklist.get_by_role("status")).to_contain_text("Done: Start a registry on port 5000.")
    assert notebook.is_running(number)
    page.screenshot(path=tmp_path / "ticked.png")
