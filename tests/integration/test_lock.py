"""Of several that want a lock one has it: in this process or in another, until it lets go or ends."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

from labcheck.lock import lock


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """A descriptor of its own, for a file or a folder."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def test_one_has_it_until_it_is_closed(tmp_path: Path) -> None:
    with opened(tmp_path) as first:
        assert lock(first)
        with opened(tmp_path) as second:
            assert not lock(second)
            assert not lock(second, within=0.05)
    with opened(tmp_path) as third:
        assert lock(third)


def test_those_that_share_it_keep_out_only_the_one_that_does_not(tmp_path: Path) -> None:
    with opened(tmp_path) as first, opened(tmp_path) as second, opened(tmp_path) as third:
        assert lock(first, shared=True)
        assert lock(second, shared=True)
        assert not lock(third)


def test_whoever_waits_has_it_as_soon_as_it_is_free(tmp_path: Path) -> None:
    first = os.open(tmp_path, os.O_RDONLY)
    assert lock(first)
    Timer(0.1, os.close, [first]).start()
    began = time.monotonic()
    with opened(tmp_path) as second:
        assert lock(second, within=60)
    assert 0.05 < time.monotonic() - began < 30


def test_a_process_that_is_killed_holds_up_nobody(tmp_path: Path) -> None:
    code = f"import os, time; from labcheck.lock import lock; print(lock(os.open({str(tmp_path)!r}, 0)), flush=True)"
    with subprocess.Popen([sys.executable, "-c", f"{code}; time.sleep(60)"], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"True\n"
        with opened(tmp_path) as ours:
            assert not lock(ours)
            other.kill()
            assert lock(ours, within=30)
