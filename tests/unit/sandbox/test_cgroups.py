"""Where control groups are mounted, in both versions of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from labcheck.sandbox import cgroups, proc

BOTH = """\
tmpfs /sys/fs/cgroup tmpfs rw 0 0
cgroup /sys/fs/cgroup/cpu cgroup rw,cpu 0 0
cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0
"""
NEW = "cgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n"


@pytest.mark.parametrize(
    ("mounts", "places"),
    [
        (BOTH, {"/sys/fs/cgroup/cpu": "cgroup", "/sys/fs/cgroup/unified": "cgroup2"}),
        (NEW, {"/sys/fs/cgroup": "cgroup2"}),
        ("", {}),
    ],
    ids=["both", "new", "none"],
)
def test_hierarchies_of_both_versions(
    mounts: str, places: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mounts").write_text(mounts)
    monkeypatch.setattr(proc, "MOUNTS", tmp_path / "mounts")
    assert {str(found.place): found.kind for found in cgroups.hierarchies()} == places


KILLED, FULL, RUNS, OTHERS = "labcheck-0123456789ab", "labcheck-00000000000a", "labcheck-00000000000b", "labcheck-mine"


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A hierarchy with a killed sandbox's group, one in use, one of an engine that runs, and one that is not ours."""
    top = tmp_path / "cgroup"
    for group in (KILLED, FULL, RUNS, OTHERS):
        (top / group / "buildkit").mkdir(parents=True)
    (top / FULL / "cgroup.procs").write_text("12\n")
    (tmp_path / "mounts").write_text(f"cgroup2 {top} cgroup2 rw 0 0\n")
    (tmp_path / "12").mkdir()
    (tmp_path / "12/cmdline").write_bytes(f"dockerd\0--cgroup-parent=/{RUNS}\0".encode())
    (tmp_path / "self/ns").mkdir(parents=True)
    (tmp_path / "self/ns/pid").touch()
    monkeypatch.setattr(proc, "MOUNTS", tmp_path / "mounts")
    monkeypatch.setattr(cgroups, "PROCESSES", tmp_path)
    monkeypatch.setattr(cgroups, "FIRST_NAMESPACE", (tmp_path / "self/ns/pid").stat().st_ino)
    return top


def test_what_killed_sandboxes_of_a_home_that_is_gone_left_is_removed(top: Path) -> None:
    cgroups.sweep()
    assert sorted(group.name for group in top.iterdir()) == sorted([FULL, RUNS, OTHERS])
    assert (top / OTHERS / "buildkit").exists()
    assert (top / RUNS / "buildkit").exists()


def test_where_not_all_processes_can_be_seen_no_group_is_removed(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cgroups, "FIRST_NAMESPACE", 0)
    cgroups.sweep()
    assert len(list(top.iterdir())) == 4
