"""A learner on a hub: the same course, which goes on after whatever ends between."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from labcheck.hub.settings import pages
from labcheck.sandbox.outside.process import Process
from tests.hub.hub import TestHub
from tests.hub.machine import uid
from tests.hub.on_hub import OnHub
from tests.live.leftovers import descendants, wait_for

REGISTRY = "docker run -d -p 5000:5000 --restart=always --name my-registry registry:2"
STEP = "start-registry"


def is_done(course: OnHub) -> bool:
    """Whether the step is done, as labcheck says in a terminal."""
    with course.terminal() as terminal:
        return "1 of 10 steps" in terminal.types("labcheck attempts push-and-pull")


def is_answered(course: OnHub) -> bool:
    """Whether the registry answers where the learner is."""
    return "200" in course.run(
        "import urllib.request; print(urllib.request.urlopen('http://localhost:5000/v2/', timeout=5).status)"
    )


def test_a_step_ticks_in_the_terminal_and_on_the_page(ada: OnHub) -> None:
    with ada.terminal() as terminal, ada.connected("/labcheck/live?lab=push-and-pull") as page:
        assert "Start a registry" in page.recv()
        terminal.types(REGISTRY)
        told = page.recv()
        while "1 of 10" not in told:
            told = page.recv()
        assert "push-and-pull, 1 of 10" in terminal.shows("\r", "steps)")


def test_what_a_failed_command_said_is_explained(ada: OnHub) -> None:
    with ada.terminal() as terminal:
        assert "labcheck" in terminal.shows("docker pull localhost:5999/none\r", "refused")
        terminal.shows("", "Nothing")


def test_it_is_there_again_after_a_stop(both: TestHub, ada: OnHub) -> None:
    ada.run("open('mine.txt', 'w').write('kept')")
    both.stop("ada")
    assert str(uid(both.learners, "ada")) not in {path.name for path in pages(both.folder).iterdir()}
    both.spawn("ada")
    again = OnHub(both, "ada")
    assert "kept" in again.run("print(open('mine.txt').read())")
    assert wait_for(lambda: is_answered(again))
    assert is_done(again)


def test_another_hub_finds_the_servers_where_they_were(both: TestHub) -> None:
    before = both.pid("ada")
    for end in (both.end, both.kill):
        children = descendants(both.main_pid())
        walls = [Process.of(one) for one in children if b"wall\0--hub" in Path(f"/proc/{one}/cmdline").read_bytes()]
        end()
        assert walls
        assert wait_for(lambda them=walls: not [one for one in them if one.alive])  # type: ignore[misc]
        assert Process.of(before).alive
        both.start()
        both.until(lambda: both.is_ready("ada") and both.is_ready("grace"), "both are known")
        assert both.pid("ada") == before
        both.until(lambda: is_answered(OnHub(both, "ada")), "ada's page answers")
    both.stop("ada")
    assert wait_for(lambda: not Path(f"/proc/{before}").exists())
    both.spawn("ada")


def test_a_proxy_that_is_killed_is_started_again(both: TestHub) -> None:
    pid = int((both.folder / "state/proxy.pid").read_text(encoding="ascii"))
    os.kill(pid, signal.SIGKILL)
    both.until(lambda: is_answered(OnHub(both, "ada")), "ada's page answers")


def test_a_learners_process_that_is_killed_leaves_nothing_and_loses_nothing(both: TestHub) -> None:
    pid = both.pid("ada")
    everything = {Process.of(one) for one in (pid, *descendants(pid))}
    assert len(everything) > 5
    os.kill(pid, signal.SIGKILL)
    assert wait_for(lambda: not [one for one in everything if one.alive], within=20)
    both.until(lambda: not both.servers("ada"), "the hub has noticed")
    both.spawn("ada")
    again = OnHub(both, "ada")
    assert wait_for(lambda: is_answered(again))
    assert is_done(again)


def test_a_hub_that_is_killed_while_it_starts_a_server_leaves_none_that_is_unknown(both: TestHub) -> None:
    both.stop("grace")
    both.begin("grace", within=3)
    both.kill()
    both.start()
    both.until(lambda: not both.servers("grace") or both.is_ready("grace"), "it is there or not")
    if not both.is_ready("grace"):
        both.spawn("grace")
    with OnHub(both, "grace").terminal() as terminal:
        assert terminal.types("docker info -f '{{.ID}}'")
