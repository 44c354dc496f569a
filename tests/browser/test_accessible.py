"""axe finds nothing serious in what the course shows, in both themes; a mistake's name leads to its page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from labcheck.lab import load
from tests.browser.jupyterlab import JupyterLab, Notebook
from tests.browser.test_checklist import opened
from tests.live.course import Course

OURS = (".jp-OutputArea-output", ".labcheck-beside:not(.lm-mod-hidden)")
SERIOUS = {"serious", "critical"}
THEMES = ("JupyterLab Light", "JupyterLab Dark")
LOOKED_AT = {
    "docker pull nginx:latest": "labcheck.explorer()",
    "docker image tag nginx:latest localhost": "labcheck.course()",
    "lab.registry()": "",
    "lab.timeline()": "",
}
"""Cells that show what there is to look at, by what stands in them, and what is typed there instead."""
SOLUTION = " && ".join(command for step in load("push-and-pull").steps[:5] for command in step.commands)
"""Up to a question, so that its form is looked at, too."""
LESSON = "03-push-and-pull.ipynb"
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
    for source, typed in LOOKED_AT.items():
        notebook.run(notebook.number(source), typing=typed)
    jupyterlab.types(f"docker rm -fv my-registry && {SOLUTION}")
    expect(checklist.get_by_role("button", name="Answer")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.locator(".lm-DockPanel .jp-mod-dirty")).to_have_count(0)


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_serious(page: Page, folder: Path, theme: str, tmp_path: Path) -> None:
    JupyterLab(page, folder).theme(theme)
    notebook = Notebook(page, folder / LESSON, is_idle=False)
    for source, typed in LOOKED_AT.items():
        cell = notebook.scrolled_to(notebook.number(typed or source))
        expect(cell.locator(".labcheck-live[data-live=yes]")).to_be_visible()
        page.screenshot(path=tmp_path / f"{source}.png")
        assert found(page, *OURS) == [], source


def test_axe_would_find_it(page: Page) -> None:
    page.evaluate("document.querySelector('.labcheck-beside .labcheck-live').append(document.createElement('input'))")
    assert [rule for rule, _, _ in found(page, *OURS)] == ["label"]
