"""Inside a sandbox: go astray at random, then type exactly what is printed, until every step is done.

Whatever a learner typed before, each command that is printed must succeed, and soon lead on. It prints what is wrong.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from labcheck.attempt import Attempt, opened
from labcheck.lab import load
from labcheck.report import Report, State, StepReport
from labcheck.verdict import Fix, Outcome
from tests.live.learner import LAB
from tests.live.playing import LOOK_TIMEOUT, PATIENCE, Shell

DETOURS = 6
ROUNDS = 5
"""So often at most something else is printed until a step is done."""
WORDS = {
    "CONTAINER": ("my-registry", "my-registry", "registry", "web"),
    "PORTS": ("-p 5000:5000", "-p 5001:5000", "-p 5000:80", "-p 8080:80", "-p 5000", "-P", "--network host", ""),
    "POLICY": ("--restart=always", "--restart=on-failure", "--rm", ""),
    "PROGRAM": ("registry:2", "registry", "nginx"),
    "HUB": ("nginx", "httpd", "nginx:1"),
    "OURS": ("localhost:5000/nginx", "localhost:5000/httpd", "127.0.0.1:5000/nginx", "localhost:5000/nginx:v1", "mine"),
}
TYPED = (
    "docker run -d --name CONTAINER PORTS POLICY PROGRAM",
    "docker create --name CONTAINER PORTS POLICY PROGRAM",
    "docker run -d HUB",
    "docker run -d OURS",
    *(f"docker {verb} CONTAINER" for verb in ("stop", "start", "kill", "pause", "rm -f", "rename CONTAINER")),
    "docker update --restart=no CONTAINER",
    *2 * ("docker pull HUB", "docker pull OURS", "docker tag HUB OURS", "docker tag OURS OURS", "docker push OURS"),
    *(f"docker {verb}" for verb in ("rmi HUB", "rmi OURS", "rmi -f OURS", "image prune -f", "system prune -a -f")),
    "echo FROM HUB | docker build -q -t HUB -",
)


def typed(chance: random.Random) -> str:
    """Something that a learner may type."""
    words = chance.choice(TYPED).split()
    return " ".join(chance.choice(WORDS[word]) if word in WORDS else word for word in words)


def mended(report: Report, attempt: Attempt, shell: Shell, past: list[str]) -> Report:
    """Type what is printed for the step that is next, until it is done."""
    step = _next(report)
    for _ in range(ROUNDS):
        if step is None or step.trouble is None or step.outcome is Outcome.PASS:
            return report
        fix = step.trouble.fix
        if not fix.commands and not fix.advice.startswith("Wait"):
            raise SystemExit("\n".join([*past, f"{step.id}: nothing to type: {step.trouble}"]))
        for command in fix.commands:
            code, said = shell.types(command)
            past.append(command)
            if code:
                raise SystemExit("\n".join([*past, f"{step.id}: {said}", f"was printed for {step.trouble}"]))
        report = _changed(step.id, fix, attempt)
        step = report.step(step.id)
    if step and step.outcome is not Outcome.PASS:
        raise SystemExit("\n".join([*past, f"{step.id}: still not done: {step.trouble}"]))
    return report


def _next(report: Report) -> StepReport | None:
    """The step that is broken, else the first that is open; a question leaves nothing to mend."""
    broken = [step for step in report.steps if step.state is State.BROKEN]
    asked = {step.id for step in load(LAB).steps if step.question}
    opened = [
        step for step in report.steps if step.outcome not in {Outcome.PASS, Outcome.SKIP} and step.id not in asked
    ]
    return next(iter(broken + opened), None)


def _changed(name: str, fix: Fix, attempt: Attempt) -> Report:
    """The report once this step passes or something else is printed for it, or when patience ends."""
    deadline = time.monotonic() + PATIENCE
    while True:
        report = attempt.look()
        step = report.step(name)
        if step.outcome is Outcome.PASS or (step.trouble and step.trouble.fix != fix) or time.monotonic() > deadline:
            return report
        time.sleep(0.1)


def main(seed: int) -> None:
    """Go astray as often as this seed says, and come home."""
    chance, past = random.Random(seed), [f"seed {seed}"]  # noqa: S311 - chance, no secret
    with TemporaryDirectory() as folder, opened(load(LAB), timeout=LOOK_TIMEOUT) as attempt:
        shell = Shell(Path(folder))
        for _ in range(DETOURS):
            for _ in range(chance.randrange(1, 5)):
                past.append(typed(chance))
                shell.types(f"timeout 10 {past[-1]}" if past[-1].startswith("docker") else past[-1])
            mended(attempt.look(), attempt, shell, past)
        report = attempt.look()
        while _next(report):
            report = mended(report, attempt, shell, past)
        shell.close()


if __name__ == "__main__":
    main(int(sys.argv[1]))
