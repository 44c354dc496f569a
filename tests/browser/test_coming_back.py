"""Coming back: what was typed is kept when the course is closed, and the page opens where one was."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from labcheck.start.learner.workspace import START_PAGE
from tests.browser.conftest import chromium
from tests.browser.jupyterlab import JupyterLab, Notebook, brought_to_front
from tests.browser.test_checklist import BESIDE, opened, row
from tests.live.course import Course, start
from tests.live.course import opened as started
from tests.live.learner import LAB, START

LESSON = f"03-{LAB}.ipynb"
TYPED = "# typed a moment before Ctrl-C"
CLOSED = "The course is closed. What you did is kept. To continue, type in a terminal: labcheck start"
ASKS_THE_SERVER = '[data-command="filebrowser:refresh"]'


def closed(process: subprocess.Popen[str]) -> None:
    process.terminate()
    assert process.wait(timeout=240) == 0


@pytest.mark.usefixtures("own_home")
def test_the_course_is_closed_and_opened_again(folder: Path, tmp_path: Path) -> None:
    with started(start(folder)) as (first, process), chromium(first) as page:
        page.goto(first.address)
        jupyterlab, notebook, checklist = opened(page, folder, LESSON)
        jupyterlab.types(START)
        expect(row(checklist, "Start a registry")).to_contain_text("done")
        expect(page.locator(".lm-DockPanel .jp-mod-dirty")).to_have_count(0)
        cell = notebook.cell(notebook.number("Type your command")).locator(".cm-content")
        cell.scroll_into_view_if_needed()
        cell.click()
        page.keyboard.press("Control+End")
        unsaved = typed_and_not_saved(page, folder / LESSON)
        closed(process)
        assert unsaved in (folder / LESSON).read_text(encoding="utf-8")
        says_that_it_is_closed(page, tmp_path)
        with started(start(folder)) as (second, again):
            assert second.server == first.server
            expect(page.get_by_role("alert")).to_have_count(0)
            expect(page.locator(BESIDE)).to_be_visible()
            a_terminal_is_there_again(page, folder)
            page.screenshot(path=tmp_path / "again.png")
            where_one_was(page, second, tmp_path)
            without_the_token(page, second)
            the_map(page, folder, tmp_path)
            closed(again)


def typed_and_not_saved(page: Page, path: Path) -> str:
    """What was typed and is not in the file yet: typed again where JupyterLab saved it in that very moment."""
    for number in range(10):
        line = f"{TYPED} {number}."
        page.keyboard.insert_text(f"\n{line}")
        if line not in path.read_text(encoding="utf-8"):
            return line
    raise AssertionError("JupyterLab saves all the time")


def says_that_it_is_closed(page: Page, tmp_path: Path) -> None:
    """Instead of JupyterLab's box with an error, which comes when it next asks its server for something."""
    expect(page.get_by_role("alert")).to_have_text(CLOSED)
    files = page.locator(".jp-SideBar.jp-mod-left [data-id=filebrowser]")
    files.click()
    with page.expect_event("requestfailed", lambda request: "/api/contents" in request.url):
        page.locator(ASKS_THE_SERVER).click()
    page.wait_for_timeout(500)
    page.screenshot(path=tmp_path / "closed.png")
    expect(page.locator(".jp-Dialog")).to_have_count(0)
    files.click()


def a_terminal_is_there_again(page: Page, folder: Path) -> None:
    """The one that was open ended with the course; what is typed in the new one is done."""
    expect(page.locator(".jp-Terminal:visible")).to_have_count(1)
    expect(page.locator(".lm-TabBar-tab", has_text="Terminal")).to_have_count(1)
    JupyterLab(page, folder).types("docker container inspect my-registry")


def where_one_was(page: Page, course: Course, tmp_path: Path) -> None:
    """Another browser opens at the lesson and at the cell, with the checklist beside it; so does a reload."""
    assert page.context.browser is not None
    other = page.context.browser.new_page(viewport={"width": 1280, "height": 800})
    other.goto(course.address)
    _at_the_lesson(other)
    other.screenshot(path=tmp_path / "opened.png")
    other.reload()
    _at_the_lesson(other)
    other.screenshot(path=tmp_path / "reloaded.png")
    other.close()


def without_the_token(page: Page, course: Course) -> None:
    """The browser was let in before."""
    page.goto(f"http://{course.server}/")
    _at_the_lesson(page)


def _at_the_lesson(page: Page) -> None:
    page.wait_for_url(re.compile(f"/lab/tree/{LESSON}"))
    cell = page.locator(".jp-NotebookPanel:visible .jp-Cell.jp-mod-active")
    expect(cell).to_contain_text(TYPED)
    expect(cell).to_be_in_viewport()
    expect(row(page.locator(BESIDE), "Start a registry")).to_contain_text("done")


def the_map(page: Page, folder: Path, tmp_path: Path) -> None:
    """It is the first thing in the start page, before any cell is run, and leads to the lesson; so in the launcher."""
    brought_to_front(page, START_PAGE)
    notebook = Notebook(page, folder / START_PAGE)
    expect(notebook.cell(1)).to_contain_text("1 of 10 done")
    expect(notebook.cell(1)).to_be_in_viewport()
    page.screenshot(path=tmp_path / "map.png")
    # JupyterLab may just have gone on to where one was, and has no cell that is far from there.
    notebook.scrolled_to(1).get_by_role("link", name="Push and pull through").click()
    lesson = page.locator(".jp-NotebookPanel:visible").get_by_text("In this lab you run a registry").last
    expect(lesson).to_be_attached()
    page.locator(".lm-DockPanel-tabBar .lm-TabBar-addButton").first.click()
    page.locator(".jp-LauncherCard", has_text="Map of the course").click()
    there = page.locator(".labcheck-beside:visible", has_text="Map of the course")
    expect(there).to_contain_text("1 of 10 done")
    there.get_by_role("link", name="Push and pull through").click()
    expect(lesson).to_be_attached()
