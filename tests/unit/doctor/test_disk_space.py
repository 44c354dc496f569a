"""How much room there is in a folder."""

from __future__ import annotations

import sys
from pathlib import Path

from labcheck.doctor.disk_space import room
from labcheck.snapshot import Found


def test_the_room_of_a_folder_that_is_not_made_yet(tmp_path: Path) -> None:
    seen = room(tmp_path / "not" / "yet")
    assert isinstance(seen, Found)
    assert seen.value.writable
    assert seen.value.free > 0
    assert seen.value.filesystem or sys.platform != "linux"
