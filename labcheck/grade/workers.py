"""Processes that work through batches of files, in order. Whatever a file makes one do costs only that file.

A process that dies takes the others of its pool with it, and does not say what it was at. So the batch that is missing
is done again file by file, in a process of its own, and the rest in a new pool.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, nullcontext
from functools import cache
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import current_thread, main_thread
from typing import IO, Final, Generic, TypeVar

import msgspec

SECONDS: Final = 10.0
"""Of a processor, for one file."""
HARD: Final = 12
"""How many times as long it may take by the clock; then its process is ended."""
MEMORY: Final = 1024**3
"""Bytes that a process may take."""

T = TypeVar("T")
J = TypeVar("J")


class TooLong(BaseException):
    """One file has taken too long; nothing on the way may take it for an error of its own."""


class Work(msgspec.Struct, Generic[J, T], frozen=True):
    """What to do: ``begin`` gets the job once in each process, ``do`` a batch; ``lost`` is said of a file."""

    begin: Callable[[J], None]
    do: Callable[[Sequence[Path]], list[T]]
    lost: Callable[[Path], T]


def each(job: J, work: Work[J, T], batches: Sequence[Sequence[Path]], workers: int) -> Iterator[list[T]]:
    """The results of each batch, in their order."""
    done = 0
    while done < len(batches):
        try:
            with _pool(job, work, workers) as pool:
                for results in pool.map(work.do, batches[done:]):
                    done += 1
                    yield results
        except BrokenProcessPool:
            yield list(_one_by_one(job, work, batches[done]))
            done += 1


@contextmanager
def limited(seconds: float = SECONDS) -> Iterator[None]:
    """Raises :class:`TooLong` if the block takes longer. A worker that cannot even be interrupted is ended.

    Where there are no timers, as on Windows, a worker is only ended; outside the main thread nothing is limited.
    """
    is_worker = parent_process() is not None
    if not hasattr(signal, "setitimer"):
        with _watched(seconds * HARD) if is_worker else nullcontext():
            yield
        return
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, _too_long)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    if is_worker:
        signal.setitimer(signal.ITIMER_REAL, seconds * HARD)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        if is_worker:
            signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def _watched(seconds: float) -> Iterator[None]:
    """This process ends if the block takes longer; a thread watches, which takes ten times as long as a timer."""
    faulthandler.dump_traceback_later(seconds, exit=True, file=_nowhere())
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


@cache
def _nowhere() -> IO[str]:
    return Path(os.devnull).open("w", encoding="utf-8")


def begin() -> None:
    """Limit what this process may take."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # it ends a process, whatever that is at


def _too_long(*_: object) -> None:
    raise TooLong


def _pool(job: J, work: Work[J, T], workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, get_context("spawn"), work.begin, (job,))


def _one_by_one(job: J, work: Work[J, T], files: Sequence[Path]) -> Iterator[T]:
    pool = _pool(job, work, 1)
    for file in files:
        try:
            yield from pool.submit(work.do, [file]).result()
        except BrokenProcessPool:
            pool.shutdown()
            pool = _pool(job, work, 1)
            yield work.lost(file)
    pool.shutdown()
