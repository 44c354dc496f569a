"""A learner in a sandbox: types commands in a shell, asks labcheck, reads its answer."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from typing import Any

from labcheck.sandbox.outside import Sandbox
from tests.support.places import PRACTICE

LAB = "push-and-pull"
EXPORT = (
    "import sys; from labcheck import evidence, home, journal; kept = journal.Journal(home.journal());"
    "sys.stdout.buffer.write(evidence.encode(kept.log(kept.current(sys.argv[1]))))"
)

START = "docker run -d --name my-registry -p 5000:5000 --restart=always registry:2"
PULL = "docker pull nginx:latest && docker pull httpd:latest"
TAG = (
    "docker image tag nginx:latest localhost:5000/nginx:latest && "
    "docker image tag httpd:latest localhost:5000/httpd:latest"
)
PUSH = "docker push localhost:5000/nginx:latest && docker push localhost:5000/httpd:latest"
PRUNE = "docker image prune -a -f"
BACK = "docker pull localhost:5000/nginx && docker pull localhost:5000/httpd"
STOP = "docker stop my-registry && docker rm my-registry"


@dataclass(frozen=True)
class Learner:
    """Somebody at a terminal in this sandbox."""

    world: Sandbox

    def types(self, *commands: str) -> str:
        """Type these commands, each of which must succeed; what the last one printed."""
        said = ""
        for command in commands:
            done = self.world.run(["bash", "-c", command], timeout=240)
            assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
            said = done.stdout
        return said

    def labcheck(self, *arguments: str) -> tuple[int, str]:
        """Run labcheck; its exit code and all it said."""
        done = self.world.run([sys.executable, "-m", "labcheck", *arguments], timeout=240)
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout + done.stderr

    def check(self) -> Any:  # noqa: ANN401 - JSON
        """Ask labcheck how the lab stands; the report as JSON."""
        code, said = self.labcheck("check", LAB, "--format", "json")
        report = json.loads(said)
        assert code == {"pass": 0, "inconclusive": 3}.get(report["outcome"], 1)
        return report

    def step(self, name: str) -> Any:  # noqa: ANN401 - JSON
        """Ask labcheck how one step stands."""
        return next(step for step in self.check()["steps"] if step["id"] == name)

    def settled(self, name: str, *, tries: int = 20) -> Any:  # noqa: ANN401 - JSON
        """How one step stands once it is done and holds, or after some tries: a registry needs a moment to answer."""
        for _ in range(tries):
            step = self.step(name)
            if step["outcome"] == "pass":
                break
        return step

    def record(self, state: str) -> None:
        """Keep the log of this attempt as evidence for the quick tests, if that is asked for."""
        if os.environ.get("LABCHECK_RECORD") != "1":
            return
        said = self.world.run([sys.executable, "-c", EXPORT, LAB], timeout=240)
        assert said.returncode == 0, said.stderr
        (PRACTICE / f"{state}.json").write_text(said.stdout, encoding="utf-8")


def trouble(step: Any) -> Any:  # noqa: ANN401 - JSON
    """The first check of the step that did not pass."""
    return next(check for check in step["checks"] if check["outcome"] != "pass")
