"""The settings that an administrator gets; what JupyterHub makes of them is tried in ``tests/hub``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from traitlets.config import Config

from labcheck.hub import docker, local, wall
from labcheck.hub.settings import pages


def test_what_is_the_hubs_only_its_owner_reads(tmp_path: Path) -> None:
    config = Config()
    local(config, folder=tmp_path)
    assert (tmp_path / "state").stat().st_mode & 0o077 == 0
    for secret in (
        config.JupyterHub.cookie_secret_file,
        config.JupyterHub.db_url,
        config.ConfigurableHTTPProxy.pid_file,
    ):
        assert f"{tmp_path}/state/" in secret


@pytest.mark.parametrize("idle", [0, 3600])
def test_servers_are_stopped_only_if_that_is_wanted(idle: int, tmp_path: Path) -> None:
    config = Config()
    local(config, folder=tmp_path, idle=idle)
    assert ("services" in config.JupyterHub) == bool(idle)


@pytest.mark.parametrize("those", [(local, wall), (wall, local)])
def test_a_wall_is_there_whichever_comes_first(those: tuple[Callable[..., None], ...], tmp_path: Path) -> None:
    config = Config()
    config.JupyterHub.services = [{"name": "own"}]
    for each in those:
        each(config, folder=tmp_path)
    assert {it["name"] for it in config.JupyterHub.services} == {"own", "idle-culler", "wall"}
    assert {it["name"] for it in config.JupyterHub.load_roles} == {"idle-culler", "wall"}


def test_where_servers_listen_has_a_short_name_in_small_letters_whatever_the_folder() -> None:
    names = {str(pages(Path("/home/Teacher") / ("Class" * number))) for number in range(1, 40)}
    assert len(names) == 39
    assert all(name == name.lower() and len(name) < 60 for name in names)


def test_a_container_has_two_of_roots_rights() -> None:
    config = Config()
    docker(config, "registry.example/labcheck:1")
    host = config.DockerSpawner.extra_host_config
    assert (host["cap_drop"], host["cap_add"]) == (["ALL"], ["SETUID", "SETGID"])
    assert "privileged" not in host
