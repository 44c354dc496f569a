"""``labcheck check --engine``: an instructor looks at an engine on another machine, whose localhost is not ours."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from labcheck.sandbox.outside import Sandbox
from tests.live.learner import LAB, PULL, START, TAG, Learner
from tests.support.places import ROOT

ADDRESS = "192.0.2.5"
"""The sandbox's own, and no loopback address."""
RELAY = f"""
import asyncio

async def passed(reader, writer):
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()

async def met(reader, writer):
    engine = await asyncio.open_unix_connection("/var/run/docker.sock")
    await asyncio.gather(passed(reader, engine[1]), passed(engine[0], writer), return_exceptions=True)

async def main():
    server = await asyncio.start_server(met, "{ADDRESS}", 2375)
    print("ready", flush=True)
    await server.serve_forever()

asyncio.run(main())
"""


@pytest.fixture
def learner(world: Sandbox) -> Iterator[Learner]:
    """A learner whose engine listens on TCP, too."""
    command = world.entering([sys.executable, "-c", RELAY])
    with subprocess.Popen(command, env=world.environment, stdout=subprocess.PIPE, text=True) as relay:
        assert relay.stdout is not None
        assert relay.stdout.readline() == "ready\n"
        yield Learner(world)
        relay.terminate()


def _steps(said: str) -> Any:  # noqa: ANN401 - JSON
    return {step["id"]: step for step in json.loads(said)["steps"]}


def test_what_the_engine_knows_is_judged_and_its_localhost_is_not_taken_for_ours(learner: Learner) -> None:
    learner.types(START, PULL, TAG)
    code, said = learner.labcheck("check", LAB, "--engine", f"tcp://{ADDRESS}:2375", "--format", "json")
    steps = _steps(said)
    assert code == 1
    assert steps["tag"]["done"]
    assert not steps["start-registry"]["done"]
    unseen = [check for check in steps["start-registry"]["checks"] if check["outcome"] == "inconclusive"]
    assert len(unseen) == 1
    assert "localhost:5000 is on the engine's machine, and labcheck is on another one." in unseen[0]["actual"]
    code, said = learner.labcheck("check", LAB, "--engine", "unix:///var/run/docker.sock", "--format", "json")
    assert _steps(said)["start-registry"]["done"]


def test_what_is_no_address_is_refused(learner: Learner) -> None:
    for address in ("192.0.2.5", "http://192.0.2.5", "tcp://", "x"):
        code, said = learner.labcheck("check", LAB, "--engine", address)
        assert code == 2
        assert "is no address such as tcp://" in said
    code, said = learner.labcheck("check", LAB, "--engine", f"tcp://{ADDRESS}:2376")
    assert code == 3


@pytest.mark.skipif(not shutil.which("sshd") or not shutil.which("ssh"), reason="needs ssh and sshd")
def test_over_ssh_everything_is_looked_at_as_on_that_machine(world: Sandbox, tmp_path: Path) -> None:
    script = ["bash", str(ROOT / "tests/live/over_ssh.sh"), str(tmp_path), LAB]
    done = world.run(script, timeout=240, folder=ROOT)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    first = _steps(done.stdout)["start-registry"]
    assert first["done"], first


@pytest.mark.skipif(not shutil.which("ssh"), reason="needs ssh")
def test_a_machine_that_ssh_does_not_reach_is_said(learner: Learner) -> None:
    for host, says in (("nobody@192.0.2.5:9", "ssh did not reach"), ("-x", "is no address"), ("", "is no address")):
        code, said = learner.labcheck("check", LAB, "--engine", f"ssh://{host}")
        assert code == 2
        assert says in said
