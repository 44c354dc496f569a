"""A learner who never rests: plays the practice again and again, and notes what labcheck says is done.

``restless.py FILE``: each line is an attempt's number and a step that was said to be done in it. Whatever is killed
meanwhile, it goes on.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from labcheck.lab import load

LAB = "push-and-pull"
ANSWERS = {"catalog": "httpd,nginx", "images-left": "1", "why-one-stays": "in-use"}
PATIENCE = 60


def typed(command: str) -> str:
    """Type it; what it printed, however it ended."""
    with suppress(subprocess.TimeoutExpired):
        done = subprocess.run(
            ["bash", "-c", command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return done.stdout
    return ""


def said_to_be_done() -> list[str]:
    """The steps that a check says are done, each with its attempt; none if it was killed."""
    with suppress(ValueError):
        report = json.loads(typed(f"exec labcheck check {LAB} --format json"))
        return [f"{report['attempt']} {step['id']}\n" for step in report["steps"] if step["done"]]
    return []


def main(file: Path) -> None:
    """Play until somebody ends it."""
    with file.open("a", encoding="utf-8", buffering=1) as told:
        while True:
            for step in load(LAB).steps:
                for command in step.commands:
                    typed(command)
                if step.id in ANSWERS:
                    typed(f"labcheck answer {LAB} {step.id} {ANSWERS[step.id]}")
                told.writelines(said_to_be_done())
            typed(f"labcheck reset {LAB} --yes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
