"""What engines keep on disk: counted, kept when sandboxes end, and removed only if nobody uses it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from labcheck.errors import SandboxError
from labcheck.sandbox.outside import down, storage
from labcheck.sandbox.outside.process import Process, origin
from labcheck.sandbox.outside.record import Record
from labcheck.sandbox.places import ENGINE, FILES, FOLDERS

NOBODY = Process(2**22 + 1, 1, origin())


def record(first: Process, folder: Path | None = None, since: float = 0.0, name: str = "abc") -> Record:
    """What is written down about a sandbox with this first process."""
    return Record(name, first, first, since, None if folder is None else str(folder))


def test_ending_keeps_what_is_on_disk_and_removing_takes_only_what_is_the_courses(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    for name in FOLDERS:
        (folder / name / "more").mkdir(parents=True)
    for name in ("containers/one", "containers/two", "volumes/v", "image/overlay2/imagedb/content/sha256/abc"):
        (folder / ENGINE / name).mkdir(parents=True)
    (folder / ENGINE / "volumes/metadata.db").write_bytes(b"x" * 2_000_000)
    for name in (*FILES, "mine"):
        (folder / name).touch()
    record(NOBODY, folder).write()
    if os.geteuid() != 0:
        pytest.skip("only root ends sandboxes")
    before = sorted(tmp_path.rglob("*"))
    assert down() == down() == ()
    assert sorted(tmp_path.rglob("*")) == before
    (held,) = storage.usage()
    assert (held.folder, held.containers, held.images, held.volumes) == (folder, 2, 1, 1)
    assert 2_000_000 <= held.size < 2_100_000
    storage.remove()
    assert [path.name for path in folder.iterdir()] == ["mine"]
    assert storage.usage() == ()
    storage.remove()


def test_what_a_sandbox_uses_is_not_removed(tmp_path: Path) -> None:
    (tmp_path / "data" / ENGINE).mkdir(parents=True)
    record(Process.of(os.getpid()), tmp_path / "data").write()
    if os.geteuid() == 0:
        with pytest.raises(SandboxError, match="Another sandbox is using") as error:
            storage.remove()
        assert "keeps its data" in error.value.remedy
    assert (tmp_path / "data" / ENGINE).exists()
