"""Whatever a file makes a process do costs only that file, and the order stays."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from labcheck.grade import workers
from labcheck.grade.workers import TooLong, Work, begin, each, limited

BATCHES = [[Path(f"{batch}-{number}") for number in range(4)] for batch in range(5)]
SHORT = 0.05


def _begin(_job: str) -> None:
    begin()


def _begin_as_on_windows(_job: str) -> None:
    begin()
    del signal.setitimer


def _named(files: Sequence[Path]) -> list[str]:
    return [file.name for file in files]


def _ended(files: Sequence[Path]) -> list[str]:
    """Two of them end the process, as one that the system kills for its memory."""
    if Path("1-3") in files or Path("4-0") in files:
        os._exit(1)
    return _named(files)


def _asleep(files: Sequence[Path]) -> list[str]:
    """One waits, where no timer of a processor's time ever comes."""
    with limited(SHORT if Path("2-2") in files else workers.SECONDS):
        if Path("2-2") in files:
            time.sleep(60)
    return _named(files)


def _full(files: Sequence[Path]) -> list[str]:
    """One wants more memory than there may be."""
    try:
        _ = bytearray(workers.MEMORY + 1) if Path("0-0") in files else b""
    except MemoryError:
        return [f"too much with {file}" for file in files]
    return _named(files)


def _lost(file: Path) -> str:
    return f"lost {file}"


@pytest.mark.parametrize("count", [1, 2])
def test_what_ends_a_process_costs_only_its_own(count: int) -> None:
    results = list(each("job", Work(_begin, _ended, _lost), BATCHES, count))
    expected = [[_lost(file) if file.name in {"1-3", "4-0"} else file.name for file in batch] for batch in BATCHES]
    assert results == expected


@pytest.mark.parametrize("begins", [_begin, _begin_as_on_windows], ids=["timers", "no timers"])
def test_what_never_comes_back_is_ended(begins: Callable[[str], None]) -> None:
    results = list(each("job", Work(begins, _asleep, _lost), BATCHES, 1))
    assert results == [[_lost(file) if file.name == "2-2" else file.name for file in batch] for batch in BATCHES]


def test_what_wants_too_much_memory_gets_an_error() -> None:
    (first, *others) = each("job", Work(_begin, _full, _lost), BATCHES, 1)
    assert first[0] == "too much with 0-0"
    assert others == [_named(batch) for batch in BATCHES[1:]]


def test_what_computes_too_long_is_interrupted() -> None:
    with limited(60):
        pass
    with pytest.raises(TooLong):
        _computed()


def _computed() -> None:
    with limited(SHORT):
        while True:
            sum(range(1000))
