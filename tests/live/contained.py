"""A person on a machine where only a Docker engine is at hand, who opens the course in a container of it.

Played inside a sandbox, whose engine is that of the machine: ``python -m tests.live.contained SCENARIO FOLDER``.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

from tests.live.course import Course, opened
from tests.live.learner import BACK, LAB, PRUNE, PULL, PUSH, START, STOP, TAG
from tests.live.leftovers import wait_for
from tests.live.person import UID, on_a_machine_with
from tests.support.places import ROOT

BASE = "course-base"
PRACTICE = {
    "start-registry": "docker ps",
    "pull": PULL,
    "tag": TAG,
    "push": PUSH,
    "catalog": f"labcheck answer {LAB} catalog httpd nginx",
    "prune": PRUNE,
    "images-left": f"labcheck answer {LAB} images-left 1",
    "why-one-stays": f"labcheck answer {LAB} why-one-stays in-use",
    "pull-back": BACK,
    "remove-registry": STOP,
}
"""What they type for each step; the registry was started before."""
TICKED = "Done: Start a registry on port 5000"
ELSEWHERE = ("LABCHECK_SANDBOX", "LABCHECK_HOME", "LABCHECK_JOURNAL", "DOCKER_CONFIG")
WITHOUT_RESERVED_IDS = ("sh", "-c", ': >/etc/subuid; exec "$@"', "sh")
"""So that nobody but root can make a sandbox on this machine."""
AS_IN_GROUP_DOCKER = ("setpriv", f"--reuid={UID}", f"--regid={UID}", "--groups=0", "--")
"""As somebody who may use the engine, whose socket belongs to root's group here, and is not root."""


class Person:
    """Somebody with a home folder, and their commands."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.notebooks = home / "labcheck-course"

    def typed(self, *command: str) -> list[str]:
        """What to start so that they run this."""
        own = (f"HOME={self.home}", "LABCHECK_IMAGES=course", f"LABCHECK_BASE={BASE}", "PYTHONDONTWRITEBYTECODE=1")
        unset = [f"--unset={name}" for name in ELSEWHERE]
        env = ("env", *unset, f"PYTHONPATH={ROOT}", *own)
        return on_a_machine_with(self.home, *WITHOUT_RESERVED_IDS, *AS_IN_GROUP_DOCKER, *env, *command)

    def labcheck(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run labcheck, and wait until it has ended."""
        command = self.typed(sys.executable, "-m", "labcheck", *arguments)
        return subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=400, cwd=self.home
        )

    def starts(self, *options: str) -> AbstractContextManager[tuple[Course, subprocess.Popen[str]]]:
        """The course, open in a container."""
        return opened(self.typed(sys.executable, "-m", "labcheck", "start", "--no-browser", *options))


def says(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """Check the exit code and what was said."""
    said = done.stdout + done.stderr
    assert done.returncode == code, said
    assert "Traceback" not in said, said
    for each in words:
        assert each in said, (each, said)


def engine(*command: str) -> str:
    """What the machine's own docker says."""
    return subprocess.run(["docker", *command], capture_output=True, text=True, check=True, timeout=60).stdout


def is_chosen_and_asked_for(person: Person) -> None:
    """Without user namespaces it is the container; it says why, what it may do, and makes nothing unasked."""
    says(
        person.labcheck("start", "--no-browser"),
        2,
        "Without root, a sandbox needs",
        "SYS_ADMIN, NET_ADMIN, SYS_PTRACE, and no limits by seccomp and AppArmor",
        "No container was made",
    )
    assert engine("ps", "-aq") == ""
    assert engine("volume", "ls", "-q") == ""
    says(person.labcheck("sandbox", "status"), 0, "No sandbox is running.")


def plays_the_practice(person: Person) -> None:
    """The page answers, a command in a terminal ticks a step, the whole practice passes; the files are theirs."""
    with person.starts("--driver", "container", "--yes") as (course, process):
        with course.terminal() as terminal:
            terminal.types("docker version")
            terminal.types(START)
            terminal.shows("sleep 5\r", TICKED)  # the next prompt tells it
            for step, command in PRACTICE.items():
                terminal.types(command)
                terminal.types(f"until labcheck check {LAB} --step {step} >/dev/null; do sleep 0.3; done")
            assert "19 of 19 points" in terminal.types(f"labcheck check {LAB}")
            terminal.types("echo mine > made-there")
            engine("exec", engine("ps", "-q").strip(), "sh", "-c", "kill -9 $(pgrep -x dockerd)")
            terminal.shows("", "It was restarted with all its data.")  # without SYS_PTRACE, terminals are not told
        assert str(UID) in course.run("import os; print(os.getuid())")
        owners = {path.stat().st_uid for path in (person.notebooks, *person.notebooks.rglob("*"))}
        assert owners == {UID}
        assert (person.notebooks / "made-there").read_text(encoding="utf-8") == "mine\n"
        assert engine("ps", "-q").count("\n") == 1  # the labs' containers are in the other engine
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
    assert engine("ps", "-aq") == ""


def survives_its_command(person: Person) -> None:
    """The container goes on when its command is killed; the next start takes it over; down and remove end it."""
    with person.starts("--driver", "container", "--yes") as (first, process):
        with first.terminal() as terminal:
            terminal.types("docker pull -q busybox && docker create --name kept busybox")
        process.send_signal(signal.SIGKILL)
    with person.starts("--driver", "container") as (second, process):
        assert second.address == first.address
        says(person.labcheck("sandbox", "status"), 0, "in your Docker engine", "data volume labcheck-")
        says(person.labcheck("sandbox", "remove", "--yes"), 2, "The course's container is running.")
        says(person.labcheck("start", "elsewhere", "--driver", "container"), 2, f"notebooks in {person.notebooks}.")
        says(person.labcheck("sandbox", "down"), 0, "its data stays in the volume")
        assert process.wait(timeout=60) == 0
    with person.starts("--driver", "container") as (third, process):
        with third.terminal() as terminal:
            assert "kept" in terminal.types("docker ps -a --format '{{.Names}}'")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
    engine("volume", "create", "of-the-learner")
    says(person.labcheck("sandbox", "remove", "--yes"), 0, "of your Docker engine  ", " MB", "Removed.")
    names = engine("volume", "ls", "-q").split()
    assert len(names) == 2, names
    assert "of-the-learner" in names
    assert engine("image", "ls", "-q", BASE)


def is_carried_in_a_file(person: Person) -> None:
    """The image is saved, gone, and loaded; a file with another image is refused."""
    file = person.home / "course.tar"
    says(person.labcheck("images", "save", "--container", str(file)), 0, "Written")
    ours = engine("image", "ls", "--format", "{{.Repository}}:{{.Tag}}", "labcheck-course").split()
    engine("rmi", *ours)
    says(person.labcheck("images", "load", "--container", str(file)), 0, *ours)
    assert engine("image", "ls", "-q", *ours)
    engine("pull", "busybox")
    engine("save", "-o", str(file), "busybox", *ours)
    os.chown(file, UID, UID)
    says(person.labcheck("images", "load", "--container", str(file)), 2, "busybox")


def loses_its_engine(person: Person) -> None:
    """Where the engine ends, the command says so in a sentence, and ends."""
    errors = person.home / "errors"
    command = person.typed(sys.executable, "-m", "labcheck", "start", "--no-browser", "--driver", "container", "--yes")
    with opened(command, stderr=errors) as (_, process):
        assert wait_for(lambda: engine("ps", "-q"))
        os.kill(int(Path("/run/docker.pid").read_text(encoding="ascii")), signal.SIGKILL)
        assert process.wait(timeout=60) == 2
    said = errors.read_text(encoding="utf-8")
    assert "Your Docker engine does not answer" in said, said
    assert "Traceback" not in said, said


SCENARIOS = {
    it.__name__: it
    for it in (
        is_chosen_and_asked_for,
        plays_the_practice,
        survives_its_command,
        is_carried_in_a_file,
        loses_its_engine,
    )
}

if __name__ == "__main__":
    SCENARIOS[sys.argv[1]](Person(Path(sys.argv[2])))
