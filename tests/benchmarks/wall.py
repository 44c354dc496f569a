"""How current the wall is while a whole class types: ``python -m tests.benchmarks.wall [LEARNERS RATE SECONDS]``.

The real wall, and learners who tell it something new so many times a second, each over a connection of their own; twice
as often at most would a real one do. One more raises a hand and lowers it, again and again: how long that takes to be
on a page that is open is what is measured. Memory is the wall's process, at a third of the time and at the end.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

import msgspec
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from labcheck import classroom, loopback
from labcheck.lab import load
from labcheck.member import Member, member
from labcheck.share.deliver import PATH, SIGNATURE
from labcheck.share.where import Stand, Step, Told, Where, signature
from labcheck.wall.server import COOKIE

LAB = load("push-and-pull")
MISTAKES = ("", "tagged-not-pushed", "port-held-by-container")
PATIENCE = 30.0


def where(turn: int, *, waiting: int | None = None) -> Where:
    """Somewhere in the practice, elsewhere at each turn."""
    at = turn % len(LAB.steps)
    stands = [Stand.DONE] * at + [Stand.NEXT] + [Stand.LATER] * (len(LAB.steps) - at - 1)
    steps = tuple(Step(step.id, stand) for step, stand in zip(LAB.steps, stands, strict=True))
    return Where(LAB.slug, steps, LAB.steps[at].id, MISTAKES[turn % 3], stuck=turn % 300, waiting=waiting)


class Telling:
    """A learner's machine, with a connection that is kept."""

    def __init__(self, who: Member, port: int) -> None:
        self._who, self._port = who, port
        self.told = 0

    async def open(self) -> None:
        """Connect."""
        self._read, self._write = await asyncio.open_connection(loopback.ADDRESS, self._port)

    async def tell(self, it: Where) -> None:
        """Tell it once, and read the answer."""
        self.told += 1
        content = msgspec.json.encode(Told(self._who.id, time.time_ns() // 1000, it))
        head = f"POST {PATH} HTTP/1.1\r\nHost: wall\r\nContent-Length: {len(content)}\r\n"
        self._write.write(f"{head}{SIGNATURE}: {signature(self._who.key, content)}\r\n\r\n".encode() + content)
        answer = await self._read.readuntil(b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 204"), answer

    async def go_on(self, every: float, until: float) -> None:
        """Tell something new as often as that."""
        turn = self._port + self._who.key[0]
        while time.monotonic() < until:
            began = time.monotonic()
            turn += 1
            await self.tell(where(turn))
            await asyncio.sleep(max(0.0, every - (time.monotonic() - began)))


async def probed(it: Telling, page: WebSocketClientConnection, until: float) -> list[float]:
    """For how many seconds a hand was up, or down, before the page showed it."""
    lags, is_up = [], True
    while time.monotonic() < until:
        began = time.monotonic()
        await it.tell(where(1, waiting=1 if is_up else None))
        while ("asks for help" in str(await asyncio.wait_for(page.read_message(), PATIENCE))) is not is_up:
            pass
        lags.append(time.monotonic() - began)
        is_up = not is_up
        await asyncio.sleep(0.1)
    return lags


async def measured(folder: Path, learners: int, rate: float, seconds: float) -> None:
    """Print what was seen."""
    made = classroom.new([(f"learner-{number}", f"Learner {number}") for number in range(learners + 1)])
    classroom.write(made, folder / "class.json")
    command = (
        "-m",
        "labcheck",
        "wall",
        "--class",
        str(folder / "class.json"),
        "--host",
        loopback.ADDRESS,
        "--port",
        "0",
    )
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout is not None
        said = b"".join([await process.stdout.readline() for _ in range(6)]).decode()
        found = re.search(r":(\d+)/\?token=(\S+)", said)
        assert found, said
        port, token = int(found[1]), found[2]
        page = await websocket_connect(
            HTTPRequest(f"ws://{loopback.ADDRESS}:{port}/live", headers={"Cookie": f"{COOKIE}={token}"})
        )
        those = [Telling(member(it.code), port) for it in made.learners]
        await asyncio.gather(*(it.open() for it in those))
        began = time.monotonic()
        until = began + seconds
        typing = [asyncio.create_task(it.go_on(1 / rate, until)) for it in those[1:]]
        early = asyncio.create_task(_memory(process.pid, seconds / 3))
        lags = await probed(those[0], page, until)
        await asyncio.gather(*typing)
        count, used = sum(it.told for it in those[1:]), _computing(process.pid)
        late = quantiles(lags, n=20, method="inclusive")[-1]
        told = f"{count / (time.monotonic() - began):.0f} messages a second of {learners * rate:.0f}"
        shown = (
            f"after {median(lags):.2f} s, 95th percentile {late:.2f} s, at most {max(lags):.2f} s ({len(lags)} hands)"
        )
        size = f"{await early:.0f} MB, in the end {_resident(process.pid):.0f} MB"
        computing = f"computing {used / count * 1000:.2f} ms a message"
        print(f"{learners} learners: {told}; on the page {shown}; {size}; {computing}")
    finally:
        process.terminate()
        await process.wait()


async def _memory(pid: int, after: float) -> float:
    """Megabytes that the process has after so many seconds."""
    await asyncio.sleep(after)
    return _resident(pid)


def _resident(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6


def _computing(pid: int) -> float:
    """Seconds that the process has computed."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    usual = (200.0, 5.0, 60.0)
    given = [float(it) for it in sys.argv[1:4]]
    learners, rate, seconds = [*given, *usual[len(given) :]]
    with tempfile.TemporaryDirectory() as place:
        asyncio.run(measured(Path(place), int(learners), rate, seconds))
