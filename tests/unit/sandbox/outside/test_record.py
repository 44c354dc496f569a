"""What is written down about each sandbox: who it is, whether it was killed, and what is forgotten."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from labcheck.sandbox.outside import status
from labcheck.sandbox.outside.process import Process, origin
from labcheck.sandbox.outside.record import Record, records
from labcheck.sandbox.outside.running import sweep

NOBODY = Process(2**22 + 1, 1, origin())


def record(first: Process, folder: Path | None = None, since: float = 0.0, name: str = "abc") -> Record:
    """What is written down about a sandbox with this first process."""
    return Record(name, first, first, since, None if folder is None else str(folder))


def test_from_inside_a_sandbox_nobody_knows_whether_one_outside_was_killed() -> None:
    boot, namespace = origin().split()
    here = Process.of(os.getpid())
    assert record(NOBODY).killed
    assert not record(here).killed
    assert not record(msgspec.structs.replace(NOBODY, origin=f"{boot} {int(namespace) + 1}")).killed
    assert record(msgspec.structs.replace(here, origin=f"another-boot {namespace}")).killed


def test_records_are_the_oldest_first_and_what_is_damaged_is_left_out(tmp_path: Path) -> None:
    assert records() == []
    young, old = record(NOBODY, since=2.0, name="young"), record(NOBODY, tmp_path, since=1.0, name="old")
    for one in (young, old):
        one.write()
    (tmp_path / "home/sandboxes/damaged.json").write_text("{")
    assert records() == [old, young]
    assert status() == ()
    sweep()
    assert records() == [old], "what has data on disk is kept in mind"
    old.forget()
    old.forget()
