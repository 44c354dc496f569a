"""What every test runs under: quick tests first, and no verdict that depends on how busy the machine is."""

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


@pytest.fixture(scope="session", autouse=True)
def _checkout_stays_as_it_was() -> Iterator[None]:
    """Whatever is typed in a test, no file of the checkout changes and none is added; with LABCHECK_RECORD=1 some do."""
    before = _changes()
    yield
    after = _changes()
    if os.environ.get("LABCHECK_RECORD") != "1":
        assert after == before, "a test wrote into the checkout"


def _changes() -> list[str]:
    """What git says differs from the last commit; nothing where this is no checkout."""
    asked = ["git", "-c", "safe.directory=*", "--no-optional-locks", "status", "--porcelain", "--untracked-files=all"]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout.splitlines()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests directly in this folder need no engine: they come first."""
    items.sort(key=lambda item: item.path.parent != Path(__file__).parent)


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
