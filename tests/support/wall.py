"""A wall that runs on this machine's loopback, used as its instructor does: by what it prints."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

from labcheck import loopback
from labcheck.wait import wait_until
from tests.support.places import ROOT

DEADLINE = 60.0
LINES = 6


class Running:
    """A wall that runs, and what it said when it began."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.process = process
        said = "".join(process.stdout.readline() for _ in range(LINES))
        (self.page,) = re.findall(r"http://\S+token=\S+", said)
        (self.address,) = re.findall(r"labcheck share (http://\S+)", said)
        self.port = int(self.address.rpartition(":")[2])

    def text(self) -> str:
        """What whoever opens the page reads."""
        with closing(build_opener(HTTPCookieProcessor()).open(self.page, timeout=DEADLINE)) as answer:
            html: str = answer.read().decode()
        main = html.partition('<main id="wall">')[2].partition("</main>")[0]
        return " ".join(re.sub(r"<[^>]*>", " ", main).split())

    def shows(self, text: str) -> bool:
        """Whether it does, soon."""
        return wait_until(lambda: text in self.text(), DEADLINE)

    def end(self) -> None:
        """Close it."""
        self.process.terminate()
        self.process.communicate(timeout=DEADLINE)


def command(class_file: Path, port: int = 0) -> list[str]:
    """What an instructor types, for a class on this machine."""
    argv = [sys.executable, "-P", "-m", "labcheck", "wall", "--class", str(class_file)]
    return [*argv, "--host", loopback.ADDRESS, "--port", str(port)]


@contextmanager
def running(class_file: Path, port: int = 0) -> Iterator[Running]:
    """A wall of this class, until the ``with`` block ends."""
    with subprocess.Popen(command(class_file, port), cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        it = Running(process)
        try:
            yield it
        finally:
            process.terminate()
            assert process.wait(DEADLINE) in {0, -9}
