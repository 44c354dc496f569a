"""Coming back: what was typed is kept when the course is closed, and a tab that was left open finds it again."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from labcheck.start.learner.workspace import START_PAGE
from tests.browser.conftest import chromium
from tests.browser.jupyterlab import Notebook
from tests.browser.test_checklist import LIVE, opened, row
from tests.live.course import Course, start
from tests.live.course import opened as started
from tests.live.learner import LAB, START

LESSON = f"03-{LAB}.ipynb"
TYPED = "# typed a moment before Ctrl-C"


def closed(process: subprocess.Popen[str]) -> None:
    process.terminate()
    assert process.wait(timeout=30) == 0


@pytest.mark.usefixtures("own_home")
def test_the_course_is_closed_and_opened_again(folder: Path, tmp_path: Path) -> None:
    with started(start(folder)) as (first, process), chromium(first) as page:
        page.goto(first.address)
        jupyterlab, notebook, checklist = opened(page, folder, LESSON)
        jupyterlab.types(START)
        expect(row(checklist, "Start a registry")).to_contain_text("done")
        page.locator(".lm-DockPanel .jp-mod-dirty").wait_for(state="detached")
        notebook.cell(notebook.number("Type your command")).locator(".cm-content").click()
        page.keyboard.press("Control+End")
        page.keyboard.insert_text(f"\n{TYPED}")
        assert TYPED not in (folder / LESSON).read_text(encoding="utf-8")
        closed(process)
        assert TYPED in (folder / LESSON).read_text(encoding="utf-8")
        status = page.locator(".jp-LinkedOutputView:visible .labcheck-live [role=status]")
        expect(status).to_contain_text("The course is closed. To continue: labcheck start")
        page.screenshot(path=tmp_path / "closed.png")
        with started(start(folder)) as (second, again):
            assert second.server == first.server
            expect(page.locator(f".jp-LinkedOutputView:visible {LIVE}")).to_be_visible()
            page.screenshot(path=tmp_path / "again.png")
            without_the_token(page, second, tmp_path)
            the_map(page, folder, tmp_path)
            closed(again)


def without_the_token(page: Page, course: Course, tmp_path: Path) -> None:
    """The browser was let in before; the page opens at the lesson, with its checklist."""
    page.goto(f"http://{course.server}/")
    page.wait_for_url(f"**/lab/tree/{LESSON}")
    checklist = page.locator(f".jp-LinkedOutputView:visible {LIVE}")
    expect(row(checklist, "Start a registry")).to_contain_text("done")
    expect(page.locator(".jp-NotebookPanel:visible")).to_contain_text("Push and pull through")
    page.screenshot(path=tmp_path / "lesson.png")


def the_map(page: Page, folder: Path, tmp_path: Path) -> None:
    """The start page begins with a map of the course, and leads from there to the lesson."""
    page.locator(".lm-TabBar-tab", has_text=START_PAGE).click()
    notebook = Notebook(page, folder / START_PAGE)
    assert "1 of 10 done" in notebook.run(notebook.number("labcheck.course()"))
    page.screenshot(path=tmp_path / "map.png")
    notebook.shown.get_by_role("link", name="Push and pull through").click()
    expect(page.locator(".jp-NotebookPanel:visible")).to_contain_text("In this lab you run a registry of your own.")
