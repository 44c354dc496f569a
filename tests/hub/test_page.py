"""A learner on a hub in a browser: the hub's login, the course, a tick."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.conftest import PATIENCE, QUIET
from tests.browser.jupyterlab import JupyterLab
from tests.hub.hub import PASSWORD, TestHub

OPEN = 'labcheck.open("'
LIVE = ".labcheck-beside:visible .labcheck-live[data-live=yes]"


@pytest.fixture
def page() -> Iterator[Page]:
    """A browser that nobody is logged in with."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(QUIET))
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        yield page
        browser.close()


def log_in(page: Page, hub: TestHub, learner: str) -> None:
    """Type the name and the password."""
    page.goto(hub.url)
    page.fill("#username_input", learner)
    page.fill("#password_input", PASSWORD)
    page.click("#login_submit")


def test_a_learner_logs_in_and_sees_a_step_tick(hub: TestHub, page: Page) -> None:
    if hub.is_ready("grace"):
        hub.stop("grace")
    log_in(page, hub, "grace")  # which starts the server
    folder = hub.folder / "homes/grace/labcheck-course"
    page.wait_for_url("**/lab/tree/**", timeout=3 * PATIENCE)
    jupyterlab = JupyterLab(page, folder)
    notebook = jupyterlab.open_notebook("03-push-and-pull.ipynb")
    page.locator(".jp-NotebookPanel:visible .jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
    jupyterlab.types("labcheck reset push-and-pull", answering="y")
    notebook.run(notebook.number(OPEN))
    checklist = page.locator(LIVE)
    expect(checklist).to_contain_text("0 of 10")
    jupyterlab.types("docker run -d -p 5000:5000 --restart=always --name my-registry registry:2")
    expect(checklist).to_contain_text("1 of 10")
    page.screenshot(path=hub.folder / "page.png")
    jupyterlab.types("docker rm -fv my-registry")
