"""The course with an engine that is there already: run where there is one, and nothing else of anybody's."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from labcheck.start import note
from tests.live.course import opened, start, ticks
from tests.live.leftovers import processes, wait_for


def main(folder: Path) -> None:
    """Open it, use it, close it; open it again, and kill it."""
    command = start(folder / "notebooks", "--engine", "host")
    subprocess.run("docker pull nginx && docker pull busybox && docker run busybox", shell=True, check=True)  # noqa: S602 - fixed
    refused = subprocess.run(
        command, env={"DOCKER_HOST": "unix:///nowhere", "HOME": "/"}, capture_output=True, text=True, check=False
    )
    assert refused.stderr.startswith("labcheck: The course cannot use your own Docker. "), refused
    with opened(command, stderr=folder / "stderr") as (course, process):
        warned = (folder / "stderr").read_text(encoding="utf-8")
        assert "Images there: 2. Containers: 1.\n" in warned, warned
        assert re.search(r"that no container uses; here: 1, up to 0\.\d GB\.\n", warned), warned
        with course.terminal() as typed:
            assert "busybox" in typed.types("docker image ls")
            typed.types("docker run -d --name my-registry -p 5000:5000 --restart=always registry:2")
        assert ticks("push-and-pull", "start-registry")
        process.terminate()
        assert process.wait(timeout=240) == 0
    assert note.read() is None
    with opened(command) as (course, process):
        with course.terminal() as typed:
            typed.types("labcheck labs")
        course.run("print(1)")
        here = note.read()
        assert here is not None
        everything = processes(here.process)
        assert len(everything) > 3
        process.kill()
        process.wait(timeout=240)
    assert wait_for(lambda: not [one for one in everything if one.alive], within=60), everything


if __name__ == "__main__":
    main(Path(sys.argv[1]))
