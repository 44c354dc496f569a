"""What a notebook shows: axe finds nothing serious in it, and it is there whatever becomes of the notebook's kernel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import APIResponse, Locator, Page, Route, expect

from labcheck.lab import load
from tests.browser.jupyterlab import JupyterLab, Notebook, arrived, brought_to_front
from tests.browser.test_checklist import opened
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
OURS = (".jp-OutputArea-output", ".labcheck-beside:not(.lm-mod-hidden)")
SERIOUS = {"serious", "critical"}
THEMES = ("JupyterLab Light", "JupyterLab Dark")
SOLUTION = " && ".join(command for step in load("push-and-pull").steps[:5] for command in step.commands)
"""Up to a question, so that its form is looked at, too."""
MISTAKE = "docker run -d --name my-registry -p 5001:5000 registry:2"


def found(page: Page, *ours: str) -> list[tuple[str, str, list[Any]]]:
    """What axe finds serious in these parts of the page."""
    violations = Axe().run(page, context={"include": [[one] for one in ours]} if ours else None).response["violations"]
    return [
        (it["id"], it["help"], [node["html"] for node in it["nodes"]]) for it in violations if it["impact"] in SERIOUS
    ]


def test_a_mistakes_name_leads_to_its_page(course: Course, page: Page, folder: Path, tmp_path: Path) -> None:
    page.goto(course.address)
    jupyterlab, notebook, checklist = opened(page, folder, LESSON)
    jupyterlab.types(MISTAKE)
    link = checklist.get_by_role("link")
    name = "other-host-port"  # in its first second the container is only starting, and another page says so
    expect(link).to_have_text(name)
    with page.expect_popup() as popup:
        link.press("Enter")
    shown = popup.value
    expect(shown.get_by_role("heading", level=1)).to_have_text(name)
    expect(shown.get_by_role("heading", name="How to fix it")).to_be_visible()
    assert found(shown) == []
    shown.screenshot(path=tmp_path / "mistake.png")
    shown.close()
    number = notebook.number('lab.check("start-registry")')
    notebook.run(number)
    with page.expect_popup() as popup:
        notebook.cell(number).get_by_role("link", name=name).press("Enter")
    expect(popup.value.get_by_role("heading", level=1)).to_have_text(name)
    popup.value.close()
    jupyterlab.types(f"docker rm -fv my-registry && {SOLUTION}")
    expect(checklist.get_by_role("button", name="Answer")).to_be_visible()


def test_each_kind_is_shown(page: Page, folder: Path, tmp_path: Path) -> None:
    notebook = Notebook(page, folder / LESSON)
    for (source, typed), kind in zip(SHOWN.items(), KINDS, strict=True):
        number = notebook.number(source)
        notebook.run(number, typing=typed)
        expect(notebook.cell(number).locator(f".labcheck-live {kind}").first).to_be_visible()
    page.screenshot(path=tmp_path / "shown.png")
    page.keyboard.press("Control+s")
    expect(page.locator(".lm-DockPanel .jp-mod-dirty", has_text=LESSON)).to_have_count(0)


def test_a_save_waits_for_the_automatic_one_under_way(page: Page, folder: Path) -> None:
    notebook = Notebook(page, folder / LESSON)
    contents = "**/api/contents/*.ipynb?*"
    held: list[tuple[Route, APIResponse]] = []

    def hold(route: Route) -> None:
        reply = route.fetch()
        if route.request.method == "PUT":
            held.append((route, reply))
        else:
            route.fulfill(response=reply)

    def let_go() -> None:
        """Wait for the next save; it was written, and now the page hears of it."""
        while not held:
            page.wait_for_timeout(20)
        page.wait_for_timeout(500)
        route, reply = held.pop()
        route.fulfill(response=reply)

    page.route(contents, hold)
    notebook.run(notebook.number("lab.timeline()"))
    while not held:
        page.wait_for_timeout(20)
    page.keyboard.press("Control+s")
    let_go()
    assert page.locator(".jp-Dialog").count() == 0
    let_go()
    expect(page.locator(".lm-DockPanel .jp-mod-dirty", has_text=LESSON)).to_have_count(0)
    page.unroute_all(behavior="wait")


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_serious(page: Page, folder: Path, theme: str, tmp_path: Path) -> None:
    JupyterLab(page, folder).theme(theme)
    notebook = Notebook(page, folder / LESSON, is_idle=False)
    for typed, kind in zip(SHOWN.values(), KINDS, strict=True):
        cell = notebook.scrolled_to(notebook.number(typed))
        expect(cell.locator(".labcheck-live[data-live=yes]")).to_be_visible()
        page.screenshot(path=tmp_path / f"{kind}.png")
        assert found(page, *OURS) == [], typed


def test_axe_would_find_it(page: Page) -> None:
    page.evaluate("document.querySelector('.labcheck-beside .labcheck-live').append(document.createElement('input'))")
    assert [rule for rule, _, _ in found(page, *OURS)] == ["label"]
    page.evaluate("document.querySelector('.labcheck-beside .labcheck-live').lastChild.remove()")


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
    arrived(page)
    tab = page.locator(".lm-DockPanel .lm-TabBar-tab", has_text=LESSON)
    tab.locator(".lm-TabBar-tabCloseIcon").click()
    expect(tab).to_have_count(0)  # unlike waiting for it, this answers JupyterLab's question whether to save
    brought_to_front(page, "00-start-here")  # it opens beside what has the focus
    JupyterLab(page, Path()).unfold(LESSON)


def without_the_courses_server(page: Page) -> None:
    page.route_web_socket("**/labcheck/**", lambda socket: socket.close())
    page.reload()


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
