"""A real JupyterHub with its real proxy, for a class of test users: started, asked over its API, killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

from labcheck.home import home
from labcheck.hub.settings import pages
from labcheck.sandbox import images
from labcheck.sandbox.images.cache import SHARED
from tests.hub.machine import on_a_machine_with
from tests.support.places import ROOT

PASSWORD, TOKEN = "course", "of-the-tests"
PROXY = ROOT / ".venv/proxy/node_modules/.bin/configurable-http-proxy"
CONFIG = Path(__file__).with_name("jupyterhub_config.py")
STARTING = 300
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class TestHub:
    """A hub in a folder: its files, its learners' homes, the images that they share."""

    __test__ = False

    def __init__(self, folder: Path, learners: Sequence[str], *, idle: int = 0, cleanup: bool = False) -> None:
        self.folder, self.learners = folder, list(learners)
        self._idle, self._cleanup = idle, cleanup
        self.more: dict[str, object] = {}
        """What else the settings are told."""
        self.port = _four_free()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Have the images there, for all learners."""
        self.folder.mkdir(parents=True, exist_ok=True)
        place = self.folder / "images"
        if not place.exists() and images.built():
            shutil.copytree(home() / "images", place, symlinks=True)
        os.environ[SHARED] = str(place)
        images.build()

    @property
    def environment(self) -> dict[str, str]:
        """What its settings read."""
        told = {
            **self.more,
            "folder": str(self.folder), "idle": self._idle, "cleanup": self._cleanup, "port": self.port,
            "password": PASSWORD, "token": TOKEN, "learners": self.learners, "proxy": [str(PROXY)],
        }  # fmt: skip
        return {"LABCHECK_TEST_HUB": json.dumps(told)}

    def command(self) -> list[str]:
        """What root starts, in the repository's folder."""
        hub = [sys.executable, "-m", "jupyterhub", "-f", str(CONFIG)]
        return on_a_machine_with(self.folder, self.learners, *hub)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with (self.folder / "hub.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command(), env=os.environ | self.environment, cwd=ROOT, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.until(lambda: bool(self.asked("GET", "/")), "the hub answers")

    def end(self) -> None:
        """Ask it to end; it ends all servers, if it was told so."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(STARTING)

    def forget(self) -> None:
        """Remove what is not in its folder."""
        shutil.rmtree(pages(self.folder), ignore_errors=True)
        with suppress(OSError):  # another hub's are there
            pages(self.folder).parent.rmdir()

    def kill(self) -> None:
        """Kill it."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(STARTING)

    def asked(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        """What the hub's API answers to an administrator's service."""
        return self._requested(method, f"/hub/api{path}", TOKEN, body)

    def token(self, learner: str) -> str:
        """A token with which this learner uses what is theirs."""
        return str(self.asked("POST", f"/users/{learner}/tokens", {"note": "a test"})["token"])

    def page(self, learner: str, path: str, token: str, method: str = "GET", body: object = None) -> Any:  # noqa: ANN401
        """What this learner's server answers, through the proxy."""
        return self._requested(method, f"/user/{learner}{path}", token, body)

    def spawn(self, *learners: str) -> None:
        """Have these learners' servers started, all at once, and wait until they are there."""
        with ThreadPoolExecutor(len(learners) or 1) as all_at_once:
            list(all_at_once.map(self.begin, learners))
        for learner in learners:
            self.until(partial(self._has_started, learner), f"the server of {learner} is there")

    def begin(self, learner: str, within: float = 60) -> None:
        """Have this learner's server started; at most this many seconds are waited for an answer."""
        try:
            self._requested("POST", f"/hub/api/users/{learner}/server", TOKEN, None, within)
        except TimeoutError:
            pass
        except urllib.error.HTTPError as error:
            raise AssertionError(self.log()) from error

    def refused(self, learner: str) -> str:
        """What the hub says of a server that does not start."""
        request = urllib.request.Request(  # noqa: S310 - of the test's own hub
            f"{self.url}/hub/api/users/{learner}/server", headers={"Authorization": f"token {TOKEN}"}, method="POST"
        )
        try:
            OPENER.open(request, timeout=60).close()
        except urllib.error.HTTPError as error:
            with error:
                return error.read().decode()
        raise AssertionError(self.log())

    def stop(self, learner: str) -> None:
        """Have this learner's server stopped, and wait until it is gone."""
        self.asked("DELETE", f"/users/{learner}/server")
        self.until(lambda: not self.servers(learner), f"the server of {learner} is gone")

    def stop_if_there(self, learner: str) -> None:
        """Have it stopped; no matter if there is none."""
        with suppress(urllib.error.URLError, ConnectionError, AssertionError):
            self.stop(learner)

    def is_ready(self, learner: str) -> bool:
        """Whether this learner's server is there. Raises if it failed."""
        return bool(self.servers(learner).get("", {}).get("ready"))

    def _has_started(self, learner: str) -> bool:
        """Whether it is there; it must be on its way."""
        known = self.servers(learner)
        assert known, f"the server of {learner} did not start\n{self.log()}"
        return bool(known[""]["ready"])

    def servers(self, learner: str) -> dict[str, Any]:
        """This learner's servers, as the hub knows them."""
        servers: dict[str, Any] = self.asked("GET", f"/users/{learner}")["servers"]
        return servers

    def main_pid(self) -> int:
        """The process of the hub itself."""
        assert self.process is not None
        return self.process.pid

    def pid(self, learner: str) -> int:
        """The process that the spawner started for this learner."""
        state = self.asked("GET", f"/users/{learner}?include_stopped_servers")["servers"][""]["state"]
        return int(state["pid"])

    def until(self, holds: Any, what: str, within: float = STARTING) -> None:  # noqa: ANN401 - called without arguments
        """Wait until this holds."""
        deadline = time.monotonic() + within
        while True:
            with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                if holds():
                    return
            assert self.process is None or self.process.poll() is None, self.log()
            assert time.monotonic() < deadline, f"not within {within} s: {what}\n{self.log()}"
            time.sleep(0.5)

    def log(self) -> str:
        """The end of what the hub, its proxy and the servers said."""
        return (self.folder / "hub.log").read_text(encoding="utf-8", errors="replace")[-5000:]

    def _requested(self, method: str, path: str, token: str, body: object, within: float = 60) -> Any:  # noqa: ANN401
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"token {token}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, data=data, headers=headers, method=method)  # noqa: S310
        try:
            with OPENER.open(request, timeout=within) as reply:
                text = reply.read().decode()
                return json.loads(text) if text and reply.headers.get_content_type() == "application/json" else text
        except urllib.error.HTTPError as error:
            error.close()
            raise


@contextmanager
def running(folder: Path, learners: Sequence[str], *, idle: int = 0) -> Iterator[TestHub]:
    """A hub that is up, and ended with all servers."""
    hub = TestHub(folder, learners, idle=idle)
    hub.prepare()
    hub.start()
    try:
        yield hub
    finally:
        with ThreadPoolExecutor(len(learners)) as all_at_once:
            list(all_at_once.map(hub.stop_if_there, learners))
        hub.end()
        hub.forget()


def _four_free() -> int:
    """A port of loopback that is free, as are the three above."""
    while True:
        with ExitStack() as stack, suppress(OSError, OverflowError):
            port = int(stack.enter_context(socket.create_server(("127.0.0.1", 0))).getsockname()[1])
            for number in (1, 2, 3):
                stack.enter_context(socket.create_server(("127.0.0.1", port + number)))
            return port
