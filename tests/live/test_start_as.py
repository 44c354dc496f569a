"""Who opens the course: somebody behind sudo, somebody who may not, somebody with an engine of their own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

import pytest

from labcheck.home import home
from labcheck.lab import load
from labcheck.sandbox.driver import Driver
from labcheck.sandbox.outside import Sandbox
from tests.live.course import opened, start
from tests.live.leftovers import wait_for
from tests.live.ordinary import LABCHECK, made_home, settings
from tests.live.person import NAME, UID, as_person, on_a_machine_with

BROWSER = """#!/bin/sh
file=${1#file://}
{ id -u; stat -c '%a %u' "$file"; grep -o 'url=[^"]*' "$file"; cat /proc/[0-9]*/cmdline | tr '\\0' ' '; } > SHOWN.new
mv SHOWN.new SHOWN
"""
"""A browser that tells who it is, what it was given, and what everybody can read of all programs."""
ON_HOST = Path(__file__).parent / "on_host.py"


@pytest.fixture
def persons_home(tmp_path: Path) -> Path:
    """A home, in which the course's home has only the cache of images."""
    own = tmp_path / "home"
    (own / ".local/share/labcheck").mkdir(parents=True)
    (own / ".local/share/labcheck/images").symlink_to((home() / "images").resolve())
    for path in (own, *own.rglob("*")):
        os.chown(path, UID, UID, follow_symlinks=False)
    return own


def behind_sudo(settings: str, *command: str) -> list[str]:
    """What the person types: sudo itself where it is installed, else what root is started with by it."""
    if shutil.which("sudo"):
        return as_person("sudo", "--non-interactive", *settings.split(), *command)
    as_sudo_does = f"SUDO_UID={UID} SUDO_GID={UID} SUDO_USER={NAME} HOME=/root USER=root LOGNAME=root"
    return ["env", "--unset=LABCHECK_HOME", *as_sudo_does.split(), *settings.split(), *command]


def test_a_learner_who_is_not_root_guards_a_registry_and_the_password_is_stored_by_docker_alone(
    persons_home: Path,
) -> None:
    lab = load("credentials-and-tls")
    command = behind_sudo("LABCHECK_IMAGES=course", sys.executable, "-m", "labcheck", "start", "--no-browser")
    with opened(on_a_machine_with(persons_home, *command)) as (course, _), course.terminal() as typed:
        for step in (step for step in lab.steps if step.checks):
            if step.undoes:
                password = (persons_home / "labcheck-course/ada.password").read_text().strip().encode()
            for line in step.commands:
                typed.types(line)
            typed.types(f"until labcheck check {lab.slug} --step {step.id}; do sleep 0.2; done")
        files = [path for path in (persons_home / ".local/share/labcheck").iterdir() if path.is_file()]
    assert len(password) == 24
    assert any(path.name == "journal.db" for path in files)
    for secret in (password, b64encode(b"ada:" + password)):
        assert not [path for path in files if secret in path.read_bytes()]


NONE = dict.fromkeys(("CapInh", "CapPrm", "CapEff", "CapAmb"), "0000000000000000")


def rights(status: str) -> dict[str, str]:
    """The rights of root that a process has, or would give to others, as in proc_pid_status(5)."""
    rows = (line.split(":") for line in status.splitlines() if line.startswith("Cap"))
    return {name: value.strip() for name, value in rows if name in NONE}


def test_behind_sudo_all_but_the_engine_is_theirs(persons_home: Path) -> None:
    shown, browser = persons_home / "shown", persons_home / "browser"
    browser.write_text(BROWSER.replace("SHOWN", str(shown)), encoding="utf-8")
    browser.chmod(0o755)
    os.chown(browser, UID, UID)
    secret = persons_home.parent / "secret"
    secret.write_text("of root\n", encoding="utf-8")
    secret.chmod(0o600)
    command = behind_sudo(f"LABCHECK_IMAGES=course BROWSER={browser}", sys.executable, "-m", "labcheck", "start")
    said = persons_home.parent / "said"
    with opened(on_a_machine_with(persons_home, *command), stderr=said) as (course, process):
        assert said.read_text(encoding="utf-8").splitlines()[0] == Driver.ROOT.told
        with course.terminal() as typed:
            assert typed.types("id -un").startswith(NAME)
            assert typed.types("pwd; echo $HOME").splitlines()[:2] == [
                str(persons_home / "labcheck-course"),
                str(persons_home),
            ]
            typed.types("docker run -d --name my-registry -p 5000:5000 registry:2 && touch mine")
            typed.types("until curl -fsS localhost:5000/v2/; do sleep 0.1; done")
            typed.types("echo secret | docker login -u me --password-stdin localhost:5000")
            typed.types('test "$(ps -o user= -C dockerd)" = root')
            typed.types("docker pull -q busybox")
            typed.types(f"! cat {secret}")
            assert "of root" in typed.types(f"docker run --rm -v /:/host busybox cat /host{secret}")
            assert rights(typed.types("cat /proc/self/status")) == NONE
            assert "Start a registry" in typed.types("! labcheck check push-and-pull")
        assert f"{UID} [" in course.run("import os; print(os.getuid(), os.listdir('.'))")
        assert rights(course.run("print(open('/proc/self/status').read())")) == NONE
        assert wait_for(shown.exists)
        who, mode, leads, programs = shown.read_text(encoding="utf-8").split("\n", 3)
        assert (who, mode, leads) == (str(UID), f"600 {UID}", f"url={course.address}")
        assert ".open-the-course.html" in programs
        assert course.token not in programs
        process.terminate()
        assert process.wait(timeout=240) == 0
        assert not (persons_home / "labcheck-course/.open-the-course.html").exists()
    engines = [persons_home / ".local/share/labcheck" / name for name in ("images", "sandboxes", "course")]
    theirs = [
        path
        for path in (persons_home, *persons_home.rglob("*"))
        if not any(path.is_relative_to(folder) for folder in engines)
    ]
    known = {".local", "labcheck-course", "browser", "shown", ".bash_history"}
    assert {path.name for path in persons_home.iterdir()} <= known, "nothing strange is made in their home"
    assert {path.name for path in theirs} >= {"00-start-here.ipynb", "mine", "journal.db", "jupyterlab.log"}
    assert {path: path.lstat().st_uid for path in theirs} == dict.fromkeys(theirs, UID)


WITHOUT_IDS = ("sh", "-c", ': >/etc/subuid; exec "$@"', "sh")
"""A machine on which no ids are reserved for anybody's containers."""


WITHOUT_ITS_RIGHT = (
    "sh",
    "-c",
    'cp /usr/bin/newuidmap /mnt; mount --bind /mnt/newuidmap /usr/bin/newuidmap; exec "$@"',
    "sh",
)
"""A machine that was copied without what files may do."""


@pytest.mark.parametrize(
    ("machine", "lacks", "remedy"),
    [
        (WITHOUT_IDS, "65536 ids that are reserved for learner", "sudo usermod --add-subuids"),
        (WITHOUT_ITS_RIGHT, "the program newuidmap, which may not act as root here", "--reinstall uidmap"),
        (("setpriv", "--no-new-privs", "--"), "the program newuidmap, which may not act as root", "another terminal"),
    ],
)
def test_without_root_the_start_and_the_doctor_say_what_is_needed(
    persons_home: Path, machine: Sequence[str], lacks: str, remedy: str
) -> None:
    def typed(*command: str) -> subprocess.CompletedProcess[str]:
        whole = on_a_machine_with(persons_home, *machine, *as_person("env", f"HOME={persons_home}", *command))
        return subprocess.run(whole, capture_output=True, text=True, timeout=240, check=False)

    without = typed(*start(persons_home / "notebooks"))
    assert without.returncode == 2
    assert without.stderr.startswith(f"labcheck: Without root, a sandbox needs {lacks}")
    assert remedy in without.stderr
    assert "put sudo before the command" in without.stderr
    assert "engine host" not in without.stderr
    said = " ".join(typed(sys.executable, "-m", "labcheck", "doctor").stdout.split())
    assert f"Without root, a sandbox needs {lacks}" in said
    assert remedy in said


WITH_DOCKER = (sys.executable, "-m", "labcheck", "sandbox", "run", "--", "env", "--unset=LABCHECK_SANDBOX")
"""A machine with an engine of its own, which the person may use as one in the group ``docker`` may."""


@pytest.mark.parametrize("machine", [(), WITH_DOCKER], ids=["ordinary", "in the group docker"])
def test_the_first_line_says_which_engine_and_why(tmp_path: Path, machine: Sequence[str]) -> None:
    home = made_home(tmp_path / "home")
    own = ("env", f"SUDO_UID={UID}") if machine else ()
    command = [*own, *machine, *as_person(*settings(home), *LABCHECK, "start", "--no-browser")]
    with opened(on_a_machine_with(home, *command), stderr=tmp_path / "said") as (course, process):
        said = (tmp_path / "said").read_text(encoding="utf-8")
        assert Driver.ROOTLESS.told in said.splitlines()[: 2 if machine else 1]
        assert course.token
        process.terminate()
        assert process.wait(timeout=240) in {0, 128 + signal.SIGTERM}


def test_with_docker_and_without_root_and_ids_it_says_what_works(persons_home: Path) -> None:
    unsandboxed = ("env", "--unset=LABCHECK_SANDBOX", f"HOME={persons_home}", f"SUDO_UID={UID}")
    inside = [*WITHOUT_IDS, *unsandboxed, *as_person(*start(persons_home / "notebooks"))]
    sandbox = ["env", f"SUDO_UID={UID}", sys.executable, "-m", "labcheck", "sandbox", "run", "--", *inside]
    done = subprocess.run(
        on_a_machine_with(persons_home, *sandbox), capture_output=True, text=True, timeout=240, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("Without root, a sandbox needs ")
    assert "It runs in a container of your Docker engine" in done.stderr.splitlines()[0]
    assert "\nFor a sandbox instead: Reserve them: sudo usermod" in done.stderr
    assert "\nOr use your own Docker, which works: labcheck start --engine host." in done.stderr
    assert "labcheck: No container was made: there is no terminal to ask in." in done.stderr


def test_an_engine_of_their_own(world: Sandbox, tmp_path: Path) -> None:
    done = world.run(
        ["env", "--unset=LABCHECK_SANDBOX", "--unset=LABCHECK_JOURNAL", sys.executable, str(ON_HOST), str(tmp_path)],
        timeout=240,
        extra={
            "PYTHONPATH": str(ON_HOST.parent.parent.parent),
            "LABCHECK_HOME": str(tmp_path / "home"),
            "HOME": str(tmp_path),  # whatever the terminals of whoever tests begin with
        },
    )
    assert done.returncode == 0, done.stdout + done.stderr
