"""The doctor looks at real trouble: each made in network and mount namespaces of its own, and gone with them."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from labcheck.sandbox.programs import search_path
from tests.support.loopback import Answer, Asked, dripping_headers, reply, silent
from tests.support.machines import PODMAN
from tests.support.small_engine import SmallEngine

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="Only root can make namespaces to try this in."
)

SLACK = 60.0
"""How much later than its deadline the doctor may end, Python's own start included, on a machine that is busy.

What it waits for without a deadline it waits for until the test is ended.
"""
FOREIGN = re.compile("^DOCKER_|^LABCHECK_|^XDG_|^PYTHONDONTWRITEBYTECODE|_proxy$", re.IGNORECASE)
"""The variables of whoever runs the tests that the doctor should not see."""
NAMESPACES = ("unshare", "--mount", "--propagation=private", "--net", "--pid", "--fork", "--kill-child", "--mount-proc")
EXAMINED = """
import sys
from labcheck import doctor
from labcheck.doctor.page import as_json
print(as_json(doctor.examine(float(sys.argv[1]))))
"""
ALONE = "ip link set lo up; mount -t tmpfs tmpfs /run; mount --bind /dev/null /etc/resolv.conf || true"
"""Nobody's engine, no network but loopback, and no name server to wait for."""
LISTENS = "until grep -q ':1388 .* 0A ' /proc/net/tcp; do sleep 0.02; done"
"""Waits until somebody listens on port 5000."""
AIRPLAY = """
from http.server import BaseHTTPRequestHandler, HTTPServer

class AirPlay(BaseHTTPRequestHandler):
    server_version, sys_version = "AirTunes/775.3.1", ""

    def do_GET(self):
        self.send_response(403)
        self.end_headers()

HTTPServer(("127.0.0.1", 5000), AirPlay).serve_forever()
"""
BUSY = """
import pathlib, socket, time

server = socket.socket(socket.AF_UNIX)
server.bind("/run/busy.sock")
server.listen(0)
waiting = [socket.socket(socket.AF_UNIX) for _ in range(3)]
for one in waiting:
    one.setblocking(False)
    try:
        one.connect("/run/busy.sock")
    except BlockingIOError:
        pathlib.Path("/run/waiting").touch()
time.sleep(30)
"""
"""Somebody who listens, lets nobody in, and has no more room for those who wait."""
NOBODY = (
    "setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=+dac_read_search --ambient-caps=+dac_read_search"
)
"""Somebody who may read what they like (this Python may be in root's home), and nothing else."""


@dataclass
class Elsewhere:
    """A machine with no engine, no network but loopback, and an empty home; its user is root."""

    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    def lines(self, script: str = "", *, by: str = "", seconds: float = 20.0) -> dict[str, dict[str, str]]:
        """What the doctor says there after these shell commands, by the lines' names; ``by`` is put before it."""
        own = {name: value for name, value in os.environ.items() if not FOREIGN.search(name)}
        own |= {"HOME": str(self.home), "PATH": search_path(own["PATH"])}
        commands = f'{ALONE}\n{{ :\n{script}\n}} >/dev/null\nexec {by} "$0" -c "$1" {seconds}'
        done = subprocess.run(
            [*NAMESPACES, "sh", "-ec", commands, sys.executable, EXAMINED],
            env=own | self.environment,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return {line["name"]: line for line in json.loads(done.stdout)}


@pytest.fixture
def elsewhere(tmp_path: Path) -> Elsewhere:
    return Elsewhere(tmp_path)


@pytest.fixture
def engine(elsewhere: Elsewhere, tmp_path: Path) -> Iterator[SmallEngine]:
    with SmallEngine(tmp_path, api="1.44") as small:
        small.answers["/info"] = {"ServerVersion": "25.0.0", "Name": socket.gethostname(), "OSType": "linux"}
        elsewhere.environment["DOCKER_HOST"] = small.host
        yield small


def told(line: dict[str, str]) -> str:
    """A line as it is read."""
    return f"{line['state']}: {line['says']} {line['remedy']}".strip()


def test_a_machine_without_an_engine_needs_none(elsewhere: Elsewhere) -> None:
    lines = elsewhere.lines()
    assert told(lines["sandbox"]) == "good: Everything that a sandbox needs is here; making one was tried, and worked."
    assert told(lines["engine"]) == "good: Nothing answers at /var/run/docker.sock. A sandbox has an engine of its own."
    assert lines["Docker Hub"]["state"] == "warning"
    assert "course images are used instead" in lines["Docker Hub"]["remedy"]
    assert "problem" not in {line["state"] for line in lines.values()}


def test_many_troubles_at_once_have_a_line_each(elsewhere: Elsewhere) -> None:
    elsewhere.environment |= {"DOCKER_HOST": "tcp://me:secret@127.0.0.1:1", "LABCHECK_HOME": "/mnt/labcheck"}
    lines = elsewhere.lines("""
        mount -t tmpfs tmpfs /usr/sbin
        mount -t tmpfs -o size=100m tmpfs /mnt
        echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6
        umount -R -l /sys/fs/cgroup
    """)
    assert {name for name, line in lines.items() if line["state"] == "problem"} == {
        "control groups", "course", "engine", "sandbox programs", "sandbox's disk",
    }  # fmt: skip
    assert lines["engine"]["says"] == "Nothing answers at tcp://127.0.0.1:1, where DOCKER_HOST points."
    assert lines["engine"]["remedy"].endswith("\nunset DOCKER_HOST")
    assert "dockerd" in lines["sandbox programs"]["says"]
    assert "docker.io" in lines["sandbox programs"]["remedy"]
    assert lines["control groups"]["says"].startswith("No control groups are mounted")
    assert lines["sandbox's disk"]["says"] == "Only 100 MB are free in /mnt/labcheck, and a sandbox needs 500 MB."
    assert told(lines["localhost"]) == "good: It is 127.0.0.1; IPv6 is off here."
    assert "secret" not in str(lines)


def test_root_in_name_only_on_a_full_disk(elsewhere: Elsewhere) -> None:
    elsewhere.environment["LABCHECK_HOME"] = "/mnt/labcheck"
    (elsewhere.home / "hosts").write_text("::1 localhost\n")
    lines = elsewhere.lines(
        f"""
        while found=$(command -v docker); do mount --bind /dev/null "$found"; hash -r; done
        mount -t tmpfs -o size=64k tmpfs /mnt
        head -c 100k /dev/zero 2>/dev/null > /mnt/full || true
        mount --bind {elsewhere.home}/hosts /etc/hosts
        """,
        by="setpriv --bounding-set=-sys_admin --inh-caps=-sys_admin",
    )
    assert told(lines["disk"]) == "problem: There is not enough space in /mnt/labcheck. Free some space there."
    assert lines["sandbox kernel"]["says"] == "Root cannot make namespaces here."
    assert told(lines["docker command"]).startswith("problem: There is no docker command here")
    assert told(lines["localhost"]).startswith("warning: The name localhost leads to ::1 only.")
    assert lines["course"]["state"] == "problem"


def test_a_context_that_is_gone_and_the_way_back(elsewhere: Elsewhere) -> None:
    settings = elsewhere.home / ".docker/config.json"
    settings.parent.mkdir()
    settings.write_text(
        '{"currentContext": "gone", "credsStore": "gone", "auths": {"a.example": {"auth": "c2VjcmV0"}}}'
    )
    lines = elsewhere.lines(by=NOBODY)
    assert told(lines["endpoint"]).startswith(
        "problem: The Docker context gone is chosen, but there is none of that name."
    )
    assert f"{settings} names docker-credential-gone, which is not there" in lines["credential store"]["says"]
    assert "c2VjcmV0" not in str(lines)
    command = lines["endpoint"]["remedy"].splitlines()[-1]
    assert elsewhere.lines(command, by=NOBODY)["endpoint"]["state"] == "good"


def test_a_socket_in_another_place_is_named_and_what_is_printed_leads_there(
    elsewhere: Elsewhere, tmp_path: Path
) -> None:
    folder = tmp_path / ".colima/default"
    folder.mkdir(parents=True)
    with SmallEngine(folder) as small:
        line = elsewhere.lines()["engine"]
        assert f"Colima listens at {small.path}" in line["says"]
        commands = line["remedy"].splitlines()[1:]
        assert commands == [f"export DOCKER_HOST={small.host}"]
        assert told(elsewhere.lines("\n".join(commands))["engine"]) == "good: Docker 20.10.24 answers."


def test_a_socket_with_a_context_is_reached_by_that_context(elsewhere: Elsewhere, tmp_path: Path) -> None:
    folder = tmp_path / ".colima/default"
    folder.mkdir(parents=True)
    with SmallEngine(folder) as small:
        commands = elsewhere.lines(f"docker context create colima --docker host={small.host}")["engine"]["remedy"]
        assert commands.splitlines()[1:] == ["docker context use colima"]
        lines = elsewhere.lines("docker context use colima")
    assert lines["engine"]["state"] == "good"
    assert lines["endpoint"]["says"] == (
        f"docker talks to {small.path} (Colima), where the Docker context colima points."
    )


def test_a_socket_that_only_root_may_use(elsewhere: Elsewhere, engine: SmallEngine) -> None:
    engine.path.chmod(0o660)
    elsewhere.environment["LABCHECK_HOME"] = "/mnt/labcheck"
    lines = elsewhere.lines("mount -t tmpfs -o mode=755 tmpfs /mnt", by=NOBODY)
    assert told(lines["permission"]).startswith("problem: You cannot use the engine at")
    assert lines["permission"]["says"].endswith("only root can.")
    assert told(lines["disk"]).startswith("problem: You cannot write in /mnt/labcheck.")
    assert lines["course"]["state"] == "problem"


def test_what_is_advised_opens_the_socket_of_a_group(elsewhere: Elsewhere, engine: SmallEngine) -> None:
    for name, text in {
        "group": "root:x:0:\ndocker:x:4242:\nnogroup:x:65534:\n",
        "gshadow": "root:*::\ndocker:!::\nnogroup:*::\n",
    }.items():
        (elsewhere.home / name).write_text(text)
    script = f"""
        mkdir /run/etc /run/work
        mount -t overlay -o lowerdir=/etc,upperdir=/run/etc,workdir=/run/work overlay /etc
        cp {elsewhere.home}/group {elsewhere.home}/gshadow /etc
        chgrp docker {engine.path}
        chmod 660 {engine.path}
    """
    permission = elsewhere.lines(script, by=NOBODY)["permission"]
    assert permission["says"].endswith("you are not in the group docker.")
    advised = permission["remedy"].splitlines()[-1]
    # Whoever runs this test is root already, and need not have sudo.
    assert advised in {"sudo usermod -aG docker nobody", "su - -c 'usermod -aG docker nobody'"}
    script += "usermod -aG docker nobody"
    permission = elsewhere.lines(script, by=NOBODY)["permission"]
    assert permission["says"].endswith("you are in the group docker, but this session is older than that.")
    at_the_next_login = NOBODY.replace("--clear-groups", "--init-groups")
    assert elsewhere.lines(script, by=at_the_next_login)["engine"]["state"] == "good"


def test_an_engine_that_is_silent_was_not_seen(elsewhere: Elsewhere, engine: SmallEngine) -> None:
    engine.answers["/version"] = dripping_headers
    engine.answers["/info"] = silent
    began = time.monotonic()
    lines = elsewhere.lines(seconds=1)
    assert time.monotonic() - began < 1 + SLACK
    assert lines["engine"]["state"] == "could not look"
    assert "did not answer within 1 s" in lines["engine"]["says"]
    assert "API version" not in lines


def test_an_engine_too_old_to_talk_to_still_says_so(elsewhere: Elsewhere, engine: SmallEngine) -> None:
    engine.path.chmod(0o666)
    engine.answers["/version"] = {"Version": "18.09.1", "ApiVersion": "1.39", "MinAPIVersion": "1.12"}
    lines = elsewhere.lines(by=NOBODY)
    assert not [asked.target for asked in engine.asked if re.fullmatch("/v.*/version", asked.target)]
    assert told(lines["API version"]).startswith("problem: Docker 18.09.1 speaks API 1.39, and labcheck needs 1.41")
    assert lines["course"]["state"] == "problem"


def test_a_docker_command_too_old_for_its_engine_cannot_run_the_course(
    elsewhere: Elsewhere, engine: SmallEngine
) -> None:
    engine.path.chmod(0o666)
    versions: dict[str, object] = {"Version": "40.0.0", "ApiVersion": "9.99", "MinAPIVersion": "9.90"}
    said = "client version is too old. Minimum supported API version is 9.90"

    def answer(asked: Asked, _: socket.socket) -> Answer:
        return reply(400, {"message": said}) if asked.target != "/version" else reply(200, versions)

    engine.answers["/version"] = answer
    lines = elsewhere.lines(by=NOBODY)
    assert lines["engine"]["state"] == "good"
    assert lines["docker to engine"]["state"] == lines["course"]["state"] == "problem"
    assert "too old for this engine" in lines["docker to engine"]["says"]


def test_a_docker_command_that_hangs_does_not_stay_behind(elsewhere: Elsewhere) -> None:
    program, written = elsewhere.home / "docker", elsewhere.home / "pid"
    program.write_text(f"#!/bin/sh\necho $$ > {written}\nexec sleep 60\n")
    program.chmod(0o755)
    # What was killed may be there for a moment longer, until somebody has waited for it.
    waits = 'for i in $(seq 300); do kill -0 $(cat "$HOME/pid") 2>/dev/null || exit 0; sleep 0.1; done'
    gone = f"""sh -c '"$@"; {waits}; : > "$HOME/stayed"' sh"""
    lines = elsewhere.lines(f"export PATH={elsewhere.home}:$PATH", by=gone, seconds=4)
    assert written.exists()
    assert lines["docker command"]["state"] == "could not look"
    assert not (elsewhere.home / "stayed").exists()


def test_podman_in_dockers_place(elsewhere: Elsewhere, engine: SmallEngine) -> None:
    engine.path.chmod(0o666)
    engine.answers["/version"] = PODMAN
    lines = elsewhere.lines(by=NOBODY)
    assert told(lines["engine"]).startswith("warning: Podman answers in Docker's place.")
    assert "image store" not in lines


def test_a_web_server_holds_the_port_and_ending_it_frees_it(elsewhere: Elsewhere) -> None:
    elsewhere.environment["LABCHECK_SANDBOX"] = "1234"
    server = f'"$0" -m http.server 5000 --bind 127.0.0.1 2>/dev/null & {LISTENS}'
    line = elsewhere.lines(server)["port 5000"]
    assert line["state"] == "warning"
    assert line["says"].startswith("python")
    command = line["remedy"].splitlines()[-1]
    assert command.split()[0] == "kill"
    assert told(elsewhere.lines(f"{server}\n{command}; wait")["port 5000"]) == "good: It is free."


def test_airplay_holds_the_port_and_a_proxy_catches_localhost(elsewhere: Elsewhere, engine: SmallEngine) -> None:
    engine.path.chmod(0o666)
    elsewhere.environment |= {"http_proxy": "http://me:secret@127.0.0.1:3128", "LABCHECK_HOME": "/mnt/labcheck"}
    server = elsewhere.home / "airplay.py"
    server.write_text(AIRPLAY)
    lines = elsewhere.lines(f'mount -t tmpfs tmpfs /mnt; "$0" {server} 2>/dev/null & {LISTENS}', by=NOBODY)
    assert told(lines["port 5000"]).startswith("warning: AirPlay Receiver of macOS holds it")
    assert told(lines["proxy"]).startswith("warning: http_proxy sends requests to 127.0.0.1:3128")
    assert "secret" not in str(lines)
    assert told(lines["course"]).startswith("good: The course can run here, in a container")
    port = {"IP": "0.0.0.0", "PublicPort": 5000, "PrivatePort": 80, "Type": "tcp"}  # noqa: S104 - what an engine says
    engine.answers["/containers/json"] = [{"Id": "1", "Names": ["/web"], "Ports": [port]}]
    lines = elsewhere.lines(lines["proxy"]["remedy"].splitlines()[-1], by=NOBODY)
    assert lines["proxy"]["state"] == "good"
    assert told(lines["port 5000"]).startswith("warning: The container web publishes it")
    assert lines["port 5000"]["remedy"].splitlines()[-1] == "docker stop web"


def test_addresses_that_lead_to_no_engine(elsewhere: Elsewhere) -> None:
    for address in ("foo://bar", "localhost:2375", "unix://", "tcp://[broken", "tcp://me:secret@127.0.0.1:none"):
        elsewhere.environment["DOCKER_HOST"] = address
        lines = elsewhere.lines(by=NOBODY)
        assert lines["endpoint"]["state"] == "problem"
        assert lines["endpoint"]["says"].endswith(", which is no address of an engine.")
        assert "secret" not in str(lines)
        assert elsewhere.lines(lines["endpoint"]["remedy"].splitlines()[-1], by=NOBODY)["endpoint"]["state"] == "good"


def test_what_is_no_engine_is_named_without_a_password(elsewhere: Elsewhere) -> None:
    elsewhere.environment["DOCKER_HOST"] = "tcp://me:secret@127.0.0.1:5000"
    lines = elsewhere.lines(f'"$0" -m http.server 5000 --bind 127.0.0.1 2>/dev/null & {LISTENS}')
    assert "tcp://127.0.0.1:5000" in lines["engine"]["says"]
    assert lines["engine"]["state"] == "could not look"
    assert "secret" not in str(lines)


def test_an_engine_before_which_others_wait(elsewhere: Elsewhere) -> None:
    elsewhere.environment["DOCKER_HOST"] = "unix:///run/busy.sock"
    busy = elsewhere.home / "busy.py"
    busy.write_text(BUSY)
    line = elsewhere.lines(f'"$0" {busy} & until [ -e /run/waiting ]; do sleep 0.02; done')["engine"]
    assert told(line).startswith("could not look: The Docker engine at /run/busy.sock did not answer in time.")


def test_a_runtime_folder_that_is_not_the_usual_one(elsewhere: Elsewhere, tmp_path: Path) -> None:
    elsewhere.environment["XDG_RUNTIME_DIR"] = str(tmp_path)
    with SmallEngine(tmp_path) as small:
        line = elsewhere.lines()["engine"]
        assert f"An engine listens at {small.path}" in line["says"]
        assert elsewhere.lines(line["remedy"].splitlines()[-1])["engine"]["state"] == "good"


def test_root_who_may_not_make_a_network(elsewhere: Elsewhere) -> None:
    line = elsewhere.lines(by="setpriv --bounding-set=-net_admin --inh-caps=-net_admin")["sandbox kernel"]
    assert told(line).startswith("problem: Root cannot use iptables here")


def test_a_machine_that_does_not_reach_itself(elsewhere: Elsewhere) -> None:
    lines = elsewhere.lines("ip link set lo down", seconds=6)
    assert lines["course"]["state"] == lines["localhost"]["state"] == "problem"
    mended = elsewhere.lines(f"ip link set lo down; {lines['localhost']['remedy'].splitlines()[-1]}")
    assert mended["localhost"]["state"] == "good"
    assert mended["course"]["state"] == "good"


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("mount -t tmpfs -o ro tmpfs /mnt", "You cannot write in /mnt/labcheck."),
        (
            "mount -t tmpfs tmpfs /mnt; touch /mnt/labcheck",
            "/mnt/labcheck cannot be a folder: a file is in the way.",
        ),
    ],
)
def test_a_home_that_cannot_be_one_and_another_that_can(elsewhere: Elsewhere, script: str, says: str) -> None:
    elsewhere.environment["LABCHECK_HOME"] = "/mnt/labcheck"
    lines = elsewhere.lines(script)
    assert lines["course"]["state"] == lines["disk"]["state"] == "problem"
    assert lines["disk"]["says"] == says
    mended = elsewhere.lines(f"{script}; {lines['disk']['remedy'].splitlines()[-1]}")
    assert mended["disk"]["state"] == mended["course"]["state"] == "good"


def test_a_home_in_which_everything_is_read_only(elsewhere: Elsewhere) -> None:
    script = f"mount --bind {elsewhere.home} {elsewhere.home}; mount -o remount,ro,bind {elsewhere.home}"
    lines = elsewhere.lines(script)
    assert lines["disk"]["state"] == "problem"
    mended = elsewhere.lines(f"{script}; {lines['disk']['remedy'].splitlines()[-1]}")
    assert mended["disk"]["state"] == mended["course"]["state"] == "good"


def test_a_disk_without_room_for_one_more_name(elsewhere: Elsewhere) -> None:
    elsewhere.environment["LABCHECK_HOME"] = "/mnt/labcheck"
    line = elsewhere.lines("mount -t tmpfs -o nr_inodes=1 tmpfs /mnt; ! mkdir /mnt/labcheck 2>/dev/null")["disk"]
    assert told(line) == "problem: There is not enough space in /mnt/labcheck. Free some space there."


def test_a_proxy_for_https_alone_catches_no_registry(elsewhere: Elsewhere) -> None:
    elsewhere.environment |= {"https_proxy": "http://me:secret@127.0.0.1:3128", "LABCHECK_SANDBOX": "1234"}
    lines = elsewhere.lines()
    assert lines["proxy"]["state"] == "good"
    assert "secret" not in str(lines)


def test_docker_settings_that_belong_to_somebody_else(elsewhere: Elsewhere) -> None:
    # As "sudo docker login" leaves them; here it is root who may not read all there is.
    folder = elsewhere.home / ".docker"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    elsewhere.environment["LABCHECK_SANDBOX"] = "1234"
    script = f"chmod 600 {folder}/config.json; chown nobody {folder}/config.json"
    by = "setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-dac_override,-dac_read_search"
    line = elsewhere.lines(script, by=by)["docker settings"]
    assert line["says"].startswith(f"You cannot read {folder}/config.json")
    mended = elsewhere.lines(f"{script}; {line['remedy'].splitlines()[-1]}", by=by)
    assert "docker settings" not in mended
