"""What is written whole or not at all, whatever stood in its place and whatever goes wrong meanwhile."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import pytest

from labcheck.files import PRIVATE, replacing, write_whole
from labcheck.owner import Owner


def test_what_was_there_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    file = tmp_path / "file"
    for content in (b"one", b"", b"two" * 100_000):
        write_whole(file, content)
        assert file.read_bytes() == content
    assert list(tmp_path.iterdir()) == [file]


def test_whoever_reads_meanwhile_finds_what_was_there_before(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    with replacing(file) as new:
        new.write(b"ne")
        new.flush()
        assert file.read_bytes() == b"old"
        new.write(b"w")
    assert file.read_bytes() == b"new"


def test_what_breaks_off_leaves_all_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    with suppress(KeyboardInterrupt), replacing(file) as new:
        new.write(b"half of it")
        raise KeyboardInterrupt
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_where_nothing_can_be_written_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/full").touch()
    with pytest.raises(OSError, match="folder"):
        write_whole(tmp_path / "folder", b"a file cannot replace a folder")
    assert list(tmp_path.iterdir()) == [tmp_path / "folder"]
    with pytest.raises(FileNotFoundError):
        write_whole(tmp_path / "nowhere/file", b"")


def test_no_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_bytes(b"theirs")
    (tmp_path / "file").symlink_to(tmp_path / "theirs")
    write_whole(tmp_path / "file", b"ours")
    assert (tmp_path / "theirs").read_bytes() == b"theirs"
    assert not (tmp_path / "file").is_symlink()


def test_a_private_file_is_never_anybody_elses(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch(mode=0o666)
    with replacing(file, mode=PRIVATE) as new:
        assert os.fstat(new.fileno()).st_mode & 0o777 == PRIVATE
    assert file.stat().st_mode & 0o777 == PRIVATE


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_root_gives_it_to_the_owner(tmp_path: Path) -> None:
    write_whole(tmp_path / "file", b"", owner=Owner(1234, 2345, "somebody", tmp_path, "/bin/sh"))
    made = (tmp_path / "file").stat()
    assert (made.st_uid, made.st_gid) == (1234, 2345)
