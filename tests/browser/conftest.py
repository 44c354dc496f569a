"""What the browser tests run in: a course that is open, and a headless Chromium that looks at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from labcheck.errors import SandboxError
from labcheck.home import home
from labcheck.sandbox.driver import usual
from labcheck.sandbox.outside import requirements
from tests.live.course import Course, opened, start

HERE = Path(__file__).parent
CHROMIUM = shutil.which("chromium")
PATIENCE = 60_000
"""Milliseconds in which what is expected must show; it shows at once where nothing else is done."""
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-3d-apis",
    "--disable-software-rasterizer",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--js-flags=--max-lazy --no-opt --no-maglev",
)
"""It asks nobody for news, and does not reckon as a graphics card would: that is half of what it does. Nor does it
make a page faster that is open for seconds: 10.7 and 12.8 CPU seconds to load one twice become 9.8 and 11.1."""


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker of this folder's tests."""
    config.addinivalue_line("markers", "browser: needs root, a dockerd and Chromium; clicks in JupyterLab")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder is one that clicks."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip with a reason where there is no browser or no sandbox; with LABCHECK_LIVE=1 that is a failure."""
    if not item.path.is_relative_to(HERE):
        return
    reason = "" if CHROMIUM else "There is no Chromium. make test BROWSER=1 installs it."
    try:
        requirements.check(usual(), uid=os.geteuid(), path=os.environ.get("PATH", ""))
    except SandboxError as error:
        reason = f"{error} {error.remedy}"
    if reason and os.environ.get("LABCHECK_LIVE") == "1":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the notebooks are laid out."""
    return tmp_path_factory.mktemp("notebooks")


@pytest.fixture(scope="module")
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A home of the module's own, which only borrows the cache of images."""
    images, own = home() / "images", tmp_path_factory.mktemp("home")
    images.mkdir(parents=True, exist_ok=True)
    (own / "images").symlink_to(images)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LABCHECK_HOME", str(own))
        patch.setenv("LABCHECK_IMAGES", "course")
        yield


@pytest.fixture(scope="module")
def course(folder: Path, own_home: None) -> Iterator[Course]:  # noqa: ARG001 - it is in the environment
    """An open course."""
    with opened(start(folder)) as (course, process):
        yield course
        process.terminate()
        assert process.wait(timeout=240) == 0


@pytest.fixture(scope="module")
def page(course: Course) -> Iterator[Page]:
    """A page in Chromium, which asks nobody but the course's own server."""
    with chromium(course) as page:
        yield page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser that asks nobody."""
    with launched() as browser:
        yield browser


@contextmanager
def launched() -> Iterator[Browser]:
    """The machine's Chromium, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@contextmanager
def chromium(course: Course) -> Iterator[Page]:
    """An empty page in a browser of its own; what it asked of others than this course fails the test."""
    asked = []
    with launched() as browser:
        page = browser.new_page(viewport={"width": 1500, "height": 950})
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.on("request", lambda request: asked.append(request.url))
        yield page
    foreign = [url for url in asked if not url.startswith((f"http://{course.server}/", "data:", "blob:"))]
    assert foreign == []
    assert asked
