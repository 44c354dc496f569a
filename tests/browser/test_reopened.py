"""What a notebook shows is there whatever becomes of its kernel: restarted, ended, or never started."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.jupyterlab import JupyterLab, Notebook
from tests.live.course import Course

LESSON = "03-push-and-pull.ipynb"
SHOWN = {
    'labcheck.open("': 'import labcheck\nlab = labcheck.open("push-and-pull")',
    "docker run -d": "labcheck.explorer()",
    'lab.check("start-registry")': "lab.registry()",
    "docker pull nginx": "lab.timeline()",
    "Type your command": "labcheck.course()",
}
"""A cell for each kind of what there is to look at."""
KINDS = (".labcheck-list", ".labcheck-explorer", ".labcheck-registry", ".labcheck-timeline", "table")
UGLY = ".jupyter-widgets, .jp-RenderedText[data-mime-type$=stderr]"


def restart(page: Page) -> None:
    page.locator('.jp-NotebookPanel:visible [data-command="notebook:restart-kernel"]').click()
    page.get_by_role("button", name="Confirm Kernel Restart").click()


def end(page: Page) -> None:
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name="Shut Down Kernel", exact=True).click()
    expect(page.locator(".jp-NotebookPanel:visible .jp-Toolbar-kernelName")).to_have_text("No Kernel")


def answered(dialog: Locator) -> None:
    dialog.get_by_role("button").last.click()


def reload_without_a_kernel(page: Page) -> None:
    page.keyboard.press("Control+s")
    page.route("**/api/sessions*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    asked = page.locator(".jp-Dialog")  # JupyterLab says of each notebook that it has no kernel, and asks to save it
    page.add_locator_handler(asked, answered, no_wait_after=True)
    page.reload()


def close_and_open(page: Page) -> None:
    page.unroute("**/api/sessions*")
    page.reload()
    tab = page.locator(".lm-DockPanel .lm-TabBar-tab", has_text=LESSON)
    tab.locator(".lm-TabBar-tabCloseIcon").click()
    expect(tab).to_have_count(0)  # unlike waiting for it, this answers JupyterLab's question whether to save
    page.locator(".lm-DockPanel .lm-TabBar-tab", has_text="00-start-here").click()  # it opens beside what has the focus
    JupyterLab(page, Path()).unfold(LESSON)


def without_the_courses_server(page: Page) -> None:
    page.route_web_socket("**/labcheck/**", lambda socket: socket.close())
    page.reload()


def test_each_kind_is_shown(course: Course, page: Page, folder: Path, tmp_path: Path) -> None:
    page.goto(course.address)
    notebook = JupyterLab(page, folder).open_notebook(LESSON)
    for (source, typed), kind in zip(SHOWN.items(), KINDS, strict=True):
        number = notebook.number(source)
        notebook.run(number, typing=typed)
        expect(notebook.cell(number).locator(f".labcheck-live {kind}").first).to_be_visible()
    page.screenshot(path=tmp_path / "shown.png")
    page.keyboard.press("Control+s")
    expect(page.locator(".lm-DockPanel .jp-mod-dirty", has_text=LESSON)).to_have_count(0)


@pytest.mark.parametrize("happens", [restart, end, reload_without_a_kernel, close_and_open, without_the_courses_server])
def test_it_is_still_there(page: Page, folder: Path, tmp_path: Path, happens: Callable[[Page], None]) -> None:
    happens(page)
    page.locator(".jp-NotebookPanel:visible", has_text="Push and pull").locator(".jp-Cell").first.wait_for()
    notebook = Notebook(page, folder / LESSON, is_idle=False)
    for typed, kind in zip(SHOWN.values(), KINDS, strict=True):
        cell = notebook.scrolled_to(notebook.number(typed))
        expect(cell.locator(f".labcheck-live {kind}").first).to_be_visible()
        page.screenshot(path=tmp_path / f"{happens.__name__}{kind}.png")
        expect(page.locator(UGLY)).to_have_count(0)
        expect(page.get_by_text("Error displaying widget")).to_have_count(0)
    if happens is not without_the_courses_server:
        expect(page.locator(".labcheck-beside:visible .labcheck-live[data-live=yes] .labcheck-list")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
