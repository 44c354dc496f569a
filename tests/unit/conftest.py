"""A unit test computes: it starts no process, opens no socket and does not sleep. What does is in ``integration/``."""

from __future__ import annotations

import sys
import threading
from collections.abc import Generator, Iterator

import pytest
import urllib3  # noqa: F401 - the first import of it opens a socket, to see whether there is IPv6

WORLD = {"subprocess.Popen", "os.fork", "os.posix_spawn", "os.system", "os.exec", "socket.__new__", "time.sleep"}
DONE: list[str] = []
"""What of it was done in this process, by any test; servers of other tests may still be at it in threads."""


def _heard(event: str, _: tuple[object, ...]) -> None:
    if event in WORLD and threading.current_thread() is threading.main_thread():
        DONE.append(event)


sys.addaudithook(_heard)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """Fail a test that did any of it, also where the code it tests took the failure for an ordinary one."""
    before = len(DONE)
    yield
    _nothing_since(before)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup() -> Generator[None, object, object]:
    """Fail a fixture that did any of it."""
    before = len(DONE)
    made = yield
    _nothing_since(before)
    return made


def _nothing_since(before: int) -> None:
    assert DONE[before:] == [], "a unit test computes; what it does here belongs into tests/integration"
