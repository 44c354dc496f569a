"""Where a learner's server listens: only whoever may pass root's folder can connect, and nothing stays behind."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from labcheck.hub import listener


def reached(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(path))
        except (ConnectionRefusedError, FileNotFoundError):
            return False
    return True


@pytest.mark.parametrize("name", ["1001", "1001:80"])
def test_hub_and_proxy_reach_it_each_by_its_own_name(tmp_path: Path, name: str) -> None:
    with listener.opened(tmp_path / "1001"):
        assert reached(tmp_path / name)
    assert (tmp_path / "1001").stat().st_mode & 0o077 == 0


def test_what_a_killed_server_left_is_replaced(tmp_path: Path) -> None:
    listener.opened(tmp_path / "1001").close()
    assert not reached(tmp_path / "1001")
    with listener.opened(tmp_path / "1001"):
        assert reached(tmp_path / "1001:80")
        listener.removed(tmp_path / "1001")
    assert list(tmp_path.iterdir()) == []


def test_its_address_is_the_files_name_in_small_letters_alone() -> None:
    assert listener.address(Path("/srv/jupyterhub/pages/1001")) == "http+unix://%2Fsrv%2Fjupyterhub%2Fpages%2F1001"
