"""A course that is open, used from outside as a browser does: over the address that ``labcheck start`` printed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import websocket

from labcheck import home
from labcheck.judge import judge
from labcheck.lab import load
from labcheck.report import Report
from tests.live.leftovers import wait_for
from tests.support.whole_logs import Journal


class Course:
    """An open course, by its address."""

    def __init__(self, address: str) -> None:
        self.address = address
        parts = urllib.parse.urlsplit(address)
        self.server, self.token = parts.netloc, parts.query.removeprefix("token=")

    def get(self, path: str, *, token: str | None = None) -> Any:  # noqa: ANN401 - JSON
        """What the page's own server answers."""
        return self._asked(path, None, self.token if token is None else token)

    def post(self, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        """What it answers when something is made."""
        return self._asked(path, json.dumps(body or {}).encode(), self.token)

    @contextmanager
    def connected(self, path: str) -> Iterator[websocket.WebSocket]:
        """A websocket through the relay."""
        token = f"{'&' if '?' in path else '?'}token={self.token}"
        connection = websocket.create_connection(f"ws://{self.server}{path}{token}", timeout=60)
        try:
            yield connection
        finally:
            connection.close()

    @contextmanager
    def terminal(self) -> Iterator[Typed]:
        """A terminal of JupyterLab, once its shell reads what is typed."""
        name = self.post("/api/terminals")["name"]
        with self.connected(f"/terminals/websocket/{name}") as connection:
            typed = Typed(connection)
            typed.is_answered()
            yield typed

    def begins(self, code: str) -> None:
        """Have a new kernel run this, and do not wait for it."""
        with self._connected_kernel() as connection:
            connection.send(json.dumps(_request(code)))

    def run(self, code: str) -> str:
        """What a new kernel prints when it runs this."""
        request = _request(code)
        printed = ""
        with self._connected_kernel() as connection:
            connection.send(json.dumps(request))
            while True:
                message = _received(connection, time.monotonic() + 60)
                if message["parent_header"].get("msg_id") != request["header"]["msg_id"]:
                    continue
                content = message["content"]
                match message["header"]["msg_type"]:
                    case "stream":
                        printed += content["text"]
                    case "error":
                        printed += "\n".join(content["traceback"])
                    case "status" if content["execution_state"] == "idle":  # the reply may overtake what was printed
                        return printed

    def _connected_kernel(self) -> AbstractContextManager[websocket.WebSocket]:
        return self.connected(f"/api/kernels/{self.post('/api/kernels')['id']}/channels")

    def _asked(self, path: str, body: bytes | None, token: str) -> Any:  # noqa: ANN401 - JSON
        request = urllib.request.Request(
            f"http://{self.server}{path}", data=body, headers={"Authorization": f"token {token}"}
        )
        with _OPENER.open(request, timeout=60) as reply:
            text = reply.read().decode()
            return json.loads(text) if reply.headers.get_content_type() == "application/json" else (reply.url, text)


def _request(code: str) -> dict[str, Any]:
    """What a front end sends a kernel to run this."""
    header = {"msg_id": uuid.uuid4().hex, "username": "", "session": uuid.uuid4().hex, "version": "5.3"}
    return {
        "header": header | {"msg_type": "execute_request"},
        "parent_header": {},
        "metadata": {},
        "channel": "shell",
        "content": {"code": code, "silent": False},
    }


_ESCAPES = re.compile(r"\x1b\[[?0-9;]*[A-Za-z]|\x1b\][^\x07]*\x07|\r")
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Typed:
    """A terminal of JupyterLab, typed at."""

    def __init__(self, connection: websocket.WebSocket) -> None:
        self._connection = connection
        self._number = 0
        self._unread = ""

    def is_answered(self) -> None:
        """Wait for the shell: what is typed before is shown by the terminal itself, above what ``.bashrc`` prints."""
        self._press("echo there-''it-is\r")
        self._until("there-it-is", then=r"\r?\n")

    def types(self, command: str, *, answering: str = "") -> str:
        """Type a command, and answer its question, if it asks one; what it printed. It must succeed.

        What is typed before the shell prompts is shown twice: by the terminal, and behind the prompt.
        """
        self._number += 1
        mark = f"ended-{self._number}-"
        self._press(f"{command}; echo {mark}$?\r")
        if answering:
            self._until("[y/N] ")
            self._press(f"{answering}\r")
        seen = self._until(mark, then=r"\d+\r?\n")
        printed, _, code = seen.rpartition(mark)
        assert int(code) == 0, seen
        lines = printed.partition("\n")[2].splitlines(keepends=True)
        return "".join(line for line in lines if f"{mark}$?" not in line)

    def shows(self, keys: str, text: str) -> str:
        """Press these keys, and wait for this; everything that is shown until then, as the terminal draws it."""
        self._press(keys)
        return self._until(text, escapes=True)

    def _press(self, keys: str) -> None:
        self._connection.send(json.dumps(["stdin", keys]))

    def _until(self, text: str, *, then: str = "", escapes: bool = False) -> str:
        """What is shown until this is, followed by what this pattern matches; the rest is for whoever waits next."""
        pattern, deadline = re.compile(re.escape(text) + then), time.monotonic() + 60
        while not (found := pattern.search(self._unread)):
            try:
                what, *rest = _received(self._connection, deadline)
            except TimeoutError:
                raise AssertionError(f"never saw {text!r}, but {self._unread!r}") from None
            self._unread += rest[0] if what == "stdout" else ""
        seen, self._unread = self._unread[: found.end()], self._unread[found.end() :]
        return seen if escapes else _ESCAPES.sub("", seen)


def _received(connection: websocket.WebSocket, deadline: float) -> Any:  # noqa: ANN401 - JSON
    """The next message. The server's pings come as long as it runs, so that the socket's own timeout never does."""
    while True:
        try:
            kind, message = connection.recv_data(control_frame=True)
        except websocket.WebSocketTimeoutException:
            raise TimeoutError from None
        if kind == websocket.ABNF.OPCODE_TEXT:
            return json.loads(message)
        if time.monotonic() > deadline:
            raise TimeoutError


def start(folder: Path, *options: str) -> list[str]:
    """What to type."""
    return [sys.executable, "-m", "labcheck", "start", str(folder), *options]


@contextmanager
def opened(command: Sequence[str], *, stderr: Path | None = None) -> Iterator[tuple[Course, subprocess.Popen[str]]]:
    """Start a course without a terminal; killed in the end, if it has not ended by then."""
    with (
        (stderr or Path(os.devnull)).open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors if stderr else None, text=True
        ) as process,
    ):
        try:
            yield Course(address(process)), process
        finally:
            process.kill()


def address(process: subprocess.Popen[str]) -> str:
    """The address it prints."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"http://\S+", line):
            return found[0]
    raise AssertionError(f"it ended with {process.wait()}")


def report(lab: str) -> Report:
    """How a lab stands by its journal as it is: nobody looks here but the recorder."""
    with Journal(home.journal()) as journal:
        log = journal.current(lab)
    assert log is not None
    return judge(load(lab), log)


def ticks(lab: str, step: str) -> bool:
    """Whether the recorder sees this step done, soon."""
    return wait_for(lambda: report(lab).step(step).done, within=120)
