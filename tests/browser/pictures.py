"""The README's pictures of the page, made anew: ``python -m tests.browser.pictures``, as root, with a dockerd."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import FloatRect, Page, expect

from labcheck.home import home
from labcheck.lab import load
from tests.browser.conftest import HERE, chromium
from tests.browser.jupyterlab import JupyterLab
from tests.browser.test_checklist import BESIDE, row
from tests.live.course import opened as started
from tests.live.course import start

PLACE = HERE / "screenshots"
LESSON = "03-push-and-pull.ipynb"
LARGEST = 150_000
LEFT: FloatRect = {"x": 33, "y": 27, "width": 727, "height": 673}
RIGHT: FloatRect = {"x": 760, "y": 27, "width": 487, "height": 745}
STEPS = {step.id: step for step in load("push-and-pull").steps}


def main() -> int:
    """Play what they show, and store them; 0 if none is too large."""
    with tempfile.TemporaryDirectory() as own:
        folder = Path(own, "notebooks")
        images = home() / "images"
        os.environ |= {"LABCHECK_HOME": own, "LABCHECK_IMAGES": "course"}
        Path(own, "images").symlink_to(images)
        with started(start(folder)) as (course, process), chromium(course) as page:
            page.goto(course.address)
            _play(page, folder)
            process.terminate()
            process.wait(30)
    return any(picture.stat().st_size > LARGEST for picture in PLACE.glob("*.png"))


def _play(page: Page, folder: Path) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    notebook = JupyterLab(page, folder).open_notebook(LESSON)
    _type(page, "PS1='$ '; clear")  # the name of the folder is nobody's business
    number = notebook.number('labcheck.open("')
    notebook.run(number, typing="import labcheck\n\nlabcheck.explorer()")
    notebook.shown.get_by_label("Name of an image").fill("localhost:5000/Team/app:1")
    expect(notebook.shown).to_contain_text("must be lowercase")
    page.wait_for_timeout(1500)
    page.screenshot(path=PLACE / "explorer.png", clip=LEFT)
    notebook.run(number, typing='import labcheck\n\nlab = labcheck.open("push-and-pull")')
    checklist = page.locator(BESIDE)
    _type(page, "docker run -d --name my-registry -p 5001:5000 --restart=always registry:2")
    expect(checklist.get_by_role("link")).to_have_text("other-host-port")
    page.wait_for_timeout(1500)
    page.screenshot(path=PLACE / "mistake.png")
    _type(page, "clear; docker rm -fv my-registry")
    for step in ("start-registry", "pull", "tag", "push"):
        for command in STEPS[step].commands:
            _type(page, command)
        expect(row(checklist, STEPS[step].title)).to_contain_text("done")
    notebook.run(notebook.number("lab.registry()"))
    cell = notebook.scrolled_to(notebook.number("lab.registry()"))
    JupyterLab(page, folder).theme("JupyterLab Dark")
    cell.locator(".labcheck-registry svg").scroll_into_view_if_needed()
    page.wait_for_timeout(1500)
    page.screenshot(path=PLACE / "registry.png", clip=LEFT)
    JupyterLab(page, folder).theme("JupyterLab Light")
    checklist.get_by_label("Which repositories does the catalog list?").fill("nginx, httpd")
    checklist.get_by_role("button", name="Answer").click()
    _type(page, "clear; docker image prune -a -f")
    checklist.get_by_label("How many images are left?").fill("1")
    checklist.get_by_role("button", name="Answer").click()
    checklist.get_by_label("It is an official image").check()
    checklist.get_by_role("button", name="Answer").click()
    expect(checklist).to_contain_text("Official images are removed like any other.")
    page.wait_for_timeout(1500)
    page.screenshot(path=PLACE / "question.png", clip=RIGHT)


def _type(page: Page, command: str) -> None:
    keys = page.locator(".jp-Terminal:visible .xterm-helper-textarea").last
    keys.focus()
    page.keyboard.insert_text(command)
    keys.press("Enter")


if __name__ == "__main__":
    sys.exit(main())
