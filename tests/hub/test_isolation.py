"""What one learner cannot reach: another's engine, files or page, the hub's own, and the machine as root."""

from __future__ import annotations

import socket
import subprocess
import urllib.error
from pathlib import Path

import pytest

from labcheck.hub.settings import pages
from tests.hub.hub import CONFIG, TestHub
from tests.hub.machine import uid
from tests.hub.on_hub import OnHub
from tests.live.leftovers import descendants

LINE = "of ada alone"


@pytest.fixture(scope="session")
def tried(both: TestHub) -> str:
    """What containers of Grace's printed that tried to come out, each in all the ways that Docker has."""
    ada = OnHub(both, "ada")
    with ada.terminal() as terminal:
        terminal.types("docker pull -q busybox && docker run -d --name of-ada busybox sleep 1000")
        terminal.types(f"echo '{LINE}' > secret.txt")
    files = f"/host{both.folder}/homes/ada/labcheck-course/secret.txt /host{both.folder}/state/cookie_secret"
    wanted = f"cat {files} /host/etc/shadow; echo x > /host/usr/labcheck-was-here; echo x > /host{CONFIG}"
    ways = ("", "--privileged", "--pid host", "--network host", "--privileged --pid host --network host --ipc host")
    with OnHub(both, "grace").terminal() as terminal:
        terminal.types("docker pull -q busybox")
        said = [
            terminal.types(f"docker run --rm -v /:/host {way} busybox sh -c '{wanted}; true' 2>&1 | cat")
            for way in ways
        ]
    return "\n".join(said)


def test_no_container_reads_or_writes_what_is_not_its_learners(tried: str) -> None:
    assert LINE not in tried
    assert "root:" not in tried
    assert tried.count("ermission denied") >= 5 * 4, tried
    assert not Path("/usr/labcheck-was-here").exists()


def test_it_does_what_its_learner_may(both: TestHub) -> None:
    place = both.folder / "homes/grace/labcheck-course"
    with OnHub(both, "grace").terminal() as terminal:
        terminal.types("docker pull -q busybox")
        terminal.types(f"docker run --rm --privileged -v {place}:/mine busybox touch /mine/made")
    assert (place / "made").stat().st_uid == uid(both.learners, "grace")


def test_it_sees_no_process_of_others(both: TestHub) -> None:
    with OnHub(both, "grace").terminal() as terminal:
        seen = terminal.types("docker run --rm --privileged --pid host busybox ps -o args | sort -u")
    assert "labcheck.start.learner" in seen
    for others in ("jupyterhub_config", "configurable-http-proxy", "labcheck.hub.server"):
        assert others not in seen


def test_it_sees_nothing_of_the_machines_network(both: TestHub) -> None:
    with OnHub(both, "grace").terminal() as terminal:
        for port in (both.port, both.port + 1, both.port + 2):
            socket.create_connection(("127.0.0.1", port)).close()
            said = terminal.types(f"docker run --rm --network host --privileged busybox nc 127.0.0.1 {port} 2>&1 | cat")
            assert "refused" in said


def test_it_reads_no_disk_and_changes_no_setting_of_the_kernel(both: TestHub) -> None:
    setting = Path("/proc/sys/kernel/panic")
    before = setting.read_text(encoding="ascii")
    script = (
        "for one in /dev/sd* /dev/vd* /dev/nvme* /dev/mem /dev/kmsg; do"
        "  if [ -e $one ]; then dd if=$one of=/dev/null count=1; fi; done; "
        "mknod /tmp/disk b 254 0 && cat /tmp/disk; echo 77 > /proc/sys/kernel/panic; true"
    )
    with OnHub(both, "grace").terminal() as terminal:
        said = terminal.types(f"docker run --rm --privileged -v /dev:/dev busybox sh -c '{script}' 2>&1 | cat")
    assert "1+0 records in" not in said
    assert "not permitted" in said
    assert setting.read_text(encoding="ascii") == before


def test_neither_sees_the_others_containers(both: TestHub, tried: str) -> None:
    assert tried
    names = "docker ps --format '{{.Names}}'"
    with OnHub(both, "ada").terminal() as ada, OnHub(both, "grace").terminal() as grace:
        assert "of-ada" in ada.types(names)
        assert "of-ada" not in grace.types(names)


def test_the_others_page_is_forbidden(both: TestHub) -> None:
    for path in ("/api/contents", "/labcheck/meaning?terminal=1", "/api/kernels"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            OnHub(both, "ada", as_="grace").get(path)
        refused.value.close()
        assert refused.value.code == 403


def test_a_user_of_the_machine_reaches_nothing_of_anothers(both: TestHub) -> None:
    """As somebody who comes in by SSH would try, outside all sandboxes; root, who may, shows that it is there."""
    inside = max(one for one in descendants(both.pid("ada")) if b"dockerd" in Path(f"/proc/{one}/cmdline").read_bytes())
    tries = (
        f"list(Path('{both.folder}/homes/ada').iterdir())",
        f"list(Path('{both.folder}/state').iterdir())",
        f"socket.socket(socket.AF_UNIX).connect('{pages(both.folder)}/{uid(both.learners, 'ada')}')",
        f"socket.socket(socket.AF_UNIX).connect('/proc/{inside}/root/run/docker.sock')",
        f"os.kill({inside}, 0)",
    )
    for tried in tries:
        script = f"import os, socket; from pathlib import Path; {tried}"
        assert _as(0, script) == ""
        assert "PermissionError" in _as(uid(both.learners, "grace"), script)


def _as(user: int, script: str) -> str:
    """The last line of what this Python script said when it was run as this user; nothing if it succeeded."""
    switch = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--"]
    done = subprocess.run([*switch, "/usr/bin/python3", "-c", script], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stderr.splitlines()[-1]
