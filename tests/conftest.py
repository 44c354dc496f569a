"""What every test runs under: quick tests first, and no verdict that depends on how busy the machine is."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

from tests.proof import MISTAKE, table

hypothesis.settings.register_profile("labcheck", deadline=None, derandomize=os.environ.get("CI") == "true")
hypothesis.settings.load_profile("labcheck")


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
