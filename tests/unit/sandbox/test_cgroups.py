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
