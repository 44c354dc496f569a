"""The page's port is the same at each start of one home, unless somebody else has it by then."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from labcheck.home import home
from labcheck.start import port


@pytest.fixture(autouse=True)
def _a_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path))


def listened(wanted: int = 0) -> int:
    """The port of a course that is opened, and closed again."""
    with closing(port.taken(wanted)) as outside:
        number: int = outside.getsockname()[1]
        port.keep(number)
        return number


def test_it_is_that_of_the_last_start() -> None:
    first = listened()
    assert listened() == first


def test_one_that_is_in_use_is_replaced_by_a_free_one() -> None:
    first = listened()
    with closing(port.taken(first)):
        second = listened()
    assert second != first
    assert listened() == second


@pytest.mark.parametrize("content", [b"", b"no number", b"99999999", b"\xff"])
def test_what_cannot_be_a_port_is_none(content: bytes) -> None:
    (home() / "port").write_bytes(content)
    assert listened() > 0
