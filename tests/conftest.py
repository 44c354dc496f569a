"""What every test runs under: in which order and by which worker, and that the checkout stays as it was."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.proof import MISTAKE, table

hypothesis.settings.register_profile("labcheck", deadline=None, derandomize=os.environ.get("CI") == "true")
hypothesis.settings.load_profile("labcheck")


ROOT = Path(__file__).parent.parent
SHARED = frozenset({"built", "course", "shared_world"})
"""Fixtures of a module that take seconds to make."""


@pytest.fixture(scope="session", autouse=True)
def _checkout_stays_as_it_was() -> Iterator[None]:
    """Whatever is typed in a test, no file of the checkout changes, and none is added, but for records."""
    before = _changes()
    yield
    after = _changes()
    if os.environ.get("LABCHECK_RECORD") != "1":
        assert after == before, "a test wrote into the checkout"


def _changes() -> list[str]:
    """What git says differs from the last commit; nothing where this is no checkout."""
    asked = ["git", "-c", "safe.directory=*", "--no-optional-locks", "status", "--porcelain", "--untracked-files=all"]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout.splitlines()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Order the tests, and keep together those of a module that share what is dear: one worker has them all.

    Alone, quick tests come first, so that what is wrong is known soon. Several workers begin with what takes long, so
    that they end together.
    """
    for item in items:
        if SHARED.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
    items.sort(key=_takes, reverse=hasattr(config, "workerinput"))


def _takes(item: pytest.Item) -> int:
    """How long a test takes: what is directly in here needs no engine; a group takes as long as all its tests."""
    if item.path.parent == ROOT / "tests":
        return 0
    return 1 if item.get_closest_marker("xdist_group") is None else 2


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print which mistakes this run has proved to be named and mended."""
    passed = terminalreporter.getreports("passed")
    rows = [
        value for report in passed if report.when == "call" for key, value in report.user_properties if key == MISTAKE
    ]
    if rows:
        terminalreporter.section("mistakes")
        for line in table(rows):
            terminalreporter.write_line(line)
