"""A set of images changes whole or not at all: kills, locks, failures."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from labcheck.errors import SandboxError
from labcheck.sandbox.images import exchange

_MAKING = """
import sys, time
from pathlib import Path
from labcheck.sandbox.images.exchange import replaced
with replaced(Path(sys.argv[1]), lambda: False) as place:
    (place / "half").touch()
    print("half", flush=True)
    time.sleep(60)
"""


def _halfway(target: Path) -> subprocess.Popen[bytes]:
    making = subprocess.Popen([sys.executable, "-c", _MAKING, str(target)], stdout=subprocess.PIPE)
    assert making.stdout
    with making.stdout:
        assert making.stdout.readline() == b"half\n"
    return making


def test_a_killed_build_leaves_nothing_that_counts_and_the_next_one_sweeps(tmp_path: Path) -> None:
    target = tmp_path / "images/set"
    making = _halfway(target)
    making.send_signal(signal.SIGKILL)
    making.wait(10)
    assert not target.exists()
    assert len(list(target.parent.glob(".new-*"))) == 1
    with exchange.replaced(target, lambda: False) as place:
        assert place
        (place / "whole").touch()
    assert [path.name for path in target.iterdir()] == ["whole"]
    assert sorted(path.name for path in target.parent.iterdir()) == ["lock", "set"]


def test_a_second_build_waits_for_the_first_but_not_for_ever(tmp_path: Path) -> None:
    target = tmp_path / "images/set"
    making = _halfway(target)
    try:
        began = time.monotonic()
        with (
            pytest.raises(SandboxError, match="Another labcheck"),
            exchange.replaced(target, lambda: False, seconds=0.3),
        ):
            pass
        assert 0.3 <= time.monotonic() - began < 60
    finally:
        making.kill()
        making.wait(10)


def test_what_another_process_finished_meanwhile_is_enough(tmp_path: Path) -> None:
    with exchange.replaced(tmp_path / "set", lambda: True) as place:
        assert place is None


def test_a_set_whose_replacement_never_came_is_put_back(tmp_path: Path) -> None:
    (tmp_path / ".old-set").mkdir()
    (tmp_path / ".old-set/it").touch()
    with exchange.replaced(tmp_path / "set", (tmp_path / "set/it").exists) as place:
        assert place is None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lock", "set"]


def test_a_build_that_fails_leaves_the_old_set_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "set"
    with exchange.replaced(target, lambda: False) as place:
        assert place
        (place / "old").touch()
    with pytest.raises(ZeroDivisionError), exchange.replaced(target, lambda: False):
        _ = 1 / 0
    assert [path.name for path in target.iterdir()] == ["old"]
    assert target.stat().st_mode & 0o777 == 0o755
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lock", "set"]
