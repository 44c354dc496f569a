"""A server that nobody uses is stopped, and one that cannot start says why."""

from __future__ import annotations

from pathlib import Path

from tests.hub.conftest import LEARNERS
from tests.hub.hub import TestHub, running
from tests.hub.on_hub import OnHub

IDLE = 30


def test_the_culler_stops_what_nobody_uses_and_nothing_is_lost(tmp_path: Path) -> None:
    with running(tmp_path, LEARNERS[:1], idle=IDLE) as hub:
        hub.spawn("ada")
        pid = hub.pid("ada")
        with OnHub(hub, "ada").terminal() as terminal:
            terminal.types("docker pull -q busybox && docker create --name mine busybox")
        hub.until(lambda: not hub.servers("ada"), "it was stopped", within=6 * IDLE)
        assert not Path(f"/proc/{pid}").exists()
        hub.spawn("ada")
        with OnHub(hub, "ada").terminal() as terminal:
            assert "mine" in terminal.types("docker ps -a --format '{{.Names}}'")


def test_why_a_server_does_not_start_is_said(hub: TestHub) -> None:
    if hub.is_ready("ada"):
        hub.stop("ada")
    home = hub.folder / "homes/ada"
    mine, aside = home / ".local", home / "aside"
    was_there = mine.exists()
    if was_there:
        mine.rename(aside)
    mine.mkdir(mode=0o755)  # of root
    try:
        assert "cannot be written" in hub.refused("ada")
    finally:
        mine.rmdir()
        if was_there:
            aside.rename(mine)
    hub.spawn("ada")
