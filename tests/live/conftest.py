"""What the live tests run in: a home of their own, and sandboxes to type commands in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from labcheck.errors import SandboxError
from labcheck.home import home
from labcheck.sandbox.driver import usual
from labcheck.sandbox.outside import Sandbox, opened, requirements

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder is a live one."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("live")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip with a reason where no sandbox can be made; with LABCHECK_LIVE=1 that is a failure."""
    if not item.path.is_relative_to(HERE):
        return
    try:
        requirements.check(usual(), uid=os.geteuid(), path=os.environ.get("PATH", ""))
    except SandboxError as error:
        if os.environ.get("LABCHECK_LIVE") == "1":
            pytest.fail(f"{error} {error.remedy}")
        pytest.skip(f"{error} {error.remedy}")


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A home of the tests' own, which only borrows the cache of images."""
    images = home() / "images"
    images.mkdir(parents=True, exist_ok=True)
    own = tmp_path_factory.mktemp("home")
    (own / "images").symlink_to(images)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LABCHECK_HOME", str(own))
        patch.setenv("LABCHECK_IMAGES", "course")
        yield


@pytest.fixture
def world() -> Iterator[Sandbox]:
    """A fresh sandbox, with the course's own images and no way out."""
    with opened(source="course", outbound=False) as fresh:
        yield fresh


@pytest.fixture(scope="module")
def shared_world() -> Iterator[Sandbox]:
    """A sandbox that all tests of a module share: each leaves it as it found it, or does not mind."""
    with opened(source="course", outbound=False) as shared:
        yield shared
