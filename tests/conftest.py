"""What every test runs under: in which order and by which worker, and that the checkout stays as it was."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
from collections.abc import Generator, Iterator

import hypothesis
import pytest

from tests.support import together
from tests.support.examples import QUICK
from tests.support.places import ROOT
from tests.support.proof import MISTAKE, table

CI = os.environ.get("CI") == "true"
hypothesis.settings.register_profile("labcheck", deadline=None, derandomize=CI, max_examples=200 if CI else 40)
hypothesis.settings.register_profile(QUICK, deadline=None, max_examples=10)
hypothesis.settings.load_profile("labcheck")

# Behind nohup, or in the background of a script, they are ignored, and by all that is started here, too.
for number in (signal.SIGINT, signal.SIGHUP):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


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


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage while 11,000 tests are collected, nor ever among them: that was two fifths of collecting."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Alone, quick tests come first, so that what is wrong is known soon; several workers begin with what is long."""
    for item in items:
        shared = [] if together.stays_together(item.nodeid) else _of_its_module(item)
        assert not shared, f"support/together.py does not name {item.path}: each worker would make its own {shared}"
    alone = not hasattr(config, "workerinput")
    items.sort(key=lambda item: together.place(item.nodeid), reverse=alone)


def _of_its_module(item: pytest.Item) -> list[str]:
    """The fixtures that it shares with the other tests of its module, but for cheap ones."""
    info = item._fixtureinfo if isinstance(item, pytest.Function) else None  # noqa: SLF001 - nothing else tells scopes
    found = info.name2fixturedefs.items() if info else ()
    return [name for name, those in found if those[-1].scope == "module" and not name.startswith("_")]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> together.Scheduling | None:
    """Where there are several workers, which test is whose."""
    return together.Scheduling(config, log) if config.getoption("dist") == "loadscope" else None


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
