"""The container's control groups of version 2, as files: what the kernel does with them is tried in no test here."""

from __future__ import annotations

from pathlib import Path

from labcheck.sandbox.container.machine import _make_room


def test_in_version_2_processes_make_room_for_the_groups_of_containers(tmp_path: Path) -> None:
    (tmp_path / "cgroup.procs").write_text("1\n27\n", encoding="ascii")
    (tmp_path / "cgroup.controllers").write_text("cpu memory pids\n", encoding="ascii")
    _make_room(tmp_path)
    assert (tmp_path / "labcheck/cgroup.procs").read_text(encoding="ascii") == "27"
    assert (tmp_path / "cgroup.subtree_control").read_text(encoding="ascii") == "+pids"
