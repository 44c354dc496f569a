"""The hub's wall: it shows each learner whose server runs, as it happens, and to administrators only."""

from __future__ import annotations

import os
import re
import signal
import time
import urllib.error
from contextlib import suppress
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

import pytest

from labcheck.wait import wait_until
from labcheck.wall.hub import LIST
from tests.hub.hub import PASSWORD, TestHub
from tests.hub.on_hub import OnHub
from tests.live.leftovers import descendants

DEADLINE = 120.0
QUESTIONS = 10
"""For how many of the wall's questions to the hub its log is watched."""


class Visitor:
    """Somebody at a browser, who has logged in."""

    def __init__(self, hub: TestHub, name: str) -> None:
        self._hub, jar = hub, CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(jar), ProxyHandler({}))
        self._got("/hub/login")
        xsrf = next(cookie.value for cookie in jar if cookie.name == "_xsrf")
        form = urlencode({"username": name, "password": PASSWORD, "_xsrf": xsrf}).encode()
        with self._opener.open(f"{hub.url}/hub/login?next=/hub/home", form, DEADLINE):
            pass

    def _got(self, path: str) -> str:
        with self._opener.open(f"{self._hub.url}{path}", timeout=DEADLINE) as answer:
            text: str = answer.read().decode()
            return text

    def wall(self) -> str:
        """What they read on the wall. Raises ``HTTPError``."""
        main = self._got("/services/wall/").partition('<main id="wall">')[2].partition("</main>")[0]
        return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def test_the_wall_shows_who_is_where_as_it_happens(both: TestHub, ada: OnHub) -> None:
    teacher = Visitor(both, "teacher")
    assert wait_until(lambda: "ada" in teacher.wall() and "grace" in teacher.wall(), DEADLINE), teacher.wall()
    with ada.terminal() as terminal:
        terminal.types("docker pull busybox:latest")
    assert wait_until(lambda: bool(re.search(r"Step [2-9] of [^.]*\. ada", teacher.wall())), DEADLINE), teacher.wall()
    with ada.connected("/labcheck/live?lab=push-and-pull") as page:
        told = page.recv()
        while "This hub's wall shows which step you are at." not in told:
            told = page.recv()
        page.send('{"do": "hand-up"}')
        assert wait_until(lambda: "1 asks for help" in teacher.wall(), DEADLINE), teacher.wall()
        page.send('{"do": "hand-down"}')
        assert wait_until(lambda: "asks for help" not in teacher.wall(), DEADLINE), teacher.wall()


def test_only_news_are_in_the_hub_s_log(both: TestHub) -> None:
    teacher = Visitor(both, "teacher")
    assert wait_until(lambda: "ada" in teacher.wall() and "grace" in teacher.wall(), DEADLINE), teacher.wall()
    log = both.folder / "hub.log"
    before = log.stat().st_size
    time.sleep(QUESTIONS * LIST)
    said = log.read_bytes()[before:].decode().splitlines()
    assert len(said) < QUESTIONS / 2, said


def test_a_learner_does_not_see_it(both: TestHub) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        Visitor(both, "ada").wall()
    refused.value.close()
    assert refused.value.code == 403


def test_whose_server_is_stopped_is_not_heard_from(both: TestHub) -> None:
    teacher = Visitor(both, "teacher")
    assert wait_until(lambda: "grace" in teacher.wall(), DEADLINE)
    both.stop("grace")
    assert wait_until(lambda: "1 not heard from" in teacher.wall(), DEADLINE), teacher.wall()
    both.spawn("grace")
    assert wait_until(lambda: "not heard from" not in teacher.wall(), DEADLINE), teacher.wall()


def test_it_is_there_again_after_a_kill_of_the_hub_and_of_itself(both: TestHub) -> None:
    pid = _walls_pid(both)
    both.kill()
    assert wait_until(lambda: not Path(f"/proc/{pid}").exists(), DEADLINE), (
        "it held its port, and no other could listen"
    )
    both.start()
    assert wait_until(lambda: _sees(both), DEADLINE), both.log()
    os.kill(_walls_pid(both), signal.SIGKILL)
    assert wait_until(lambda: not _sees(both), DEADLINE)
    assert wait_until(lambda: _sees(both), DEADLINE), both.log()


def _walls_pid(hub: TestHub) -> int:
    words = {pid: Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0") for pid in descendants(hub.main_pid())}
    (pid,) = [pid for pid, argv in words.items() if b"wall" in argv]
    return pid


def _sees(hub: TestHub) -> bool:
    with suppress(urllib.error.URLError):
        return "ada" in Visitor(hub, "teacher").wall()
    return False
