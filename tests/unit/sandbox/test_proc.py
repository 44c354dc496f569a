"""What Linux tells of processes and mounts is read whatever a program or a folder is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from labcheck.sandbox import proc


@pytest.mark.parametrize("name", ["sh", "a b", "a) S 9 9 9 (b", "(", ")", "\N{SNOWMAN}\n"])
def test_a_programs_name_does_not_shift_what_follows_it(name: str, tmp_path: Path) -> None:
    behind = ["R", "1", "2", "3", "34816", *map(str, range(5, 50))]
    (tmp_path / "stat").write_text(f"42 ({name}) {' '.join(behind)}\n", encoding="utf-8")
    fields = proc.fields(tmp_path)
    assert (fields[proc.STATE], fields[proc.TERMINAL], fields[proc.STARTED]) == ("R", "34816", "19")


def test_our_own_process_is_read() -> None:
    fields = proc.fields(Path("/proc/self"))
    assert fields[proc.STATE] == "R"
    assert int(fields[proc.STARTED]) > 0


def test_a_process_that_is_gone_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        proc.fields(tmp_path / "4194305")


def test_a_folder_with_spaces_and_backslashes_is_read_as_it_is_called() -> None:
    text = "/dev/a /mnt/a\\040b\\011c\\134d ext4 rw 0 0\ntmpfs /run tmpfs rw,size=1k 0 0\n"
    assert list(proc.read(text)) == [(Path("/mnt/a b\tc\\d"), "ext4"), (Path("/run"), "tmpfs")]


def test_where_there_is_no_proc_there_are_no_mounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (Path("/proc"), "proc") in proc.mounts()
    monkeypatch.setattr(proc, "MOUNTS", tmp_path / "mounts")
    assert proc.mounts() == ()
