"""Sockets of engines are found where people have them."""

from __future__ import annotations

import socket
from pathlib import Path

from labcheck.sandbox.outside.sockets import engine_sockets


def test_sockets_of_engines_are_found_at_home_and_in_docker_host(tmp_path: Path) -> None:
    (tmp_path / ".rd").mkdir()
    (tmp_path / ".docker/run").mkdir(parents=True)
    (tmp_path / ".docker/run/docker.sock").touch()
    with socket.socket(socket.AF_UNIX) as known, socket.socket(socket.AF_UNIX) as named:
        known.bind(str(tmp_path / ".rd/docker.sock"))
        named.bind(str(tmp_path / "named"))
        found = engine_sockets(f"unix://{tmp_path}/named", [tmp_path])
    ours = [path for path in found if path.is_relative_to(tmp_path)]
    assert ours == [tmp_path / ".rd/docker.sock", tmp_path / "named"]
