"""A sandbox on this machine: what is inside, what comes out, and that nothing stays."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from pathlib import Path

import pytest

from labcheck.engine import BIRTH_LABEL, Info
from labcheck.errors import SandboxError
from labcheck.sandbox.outside import Sandbox, opened, run, status
from tests.live.leftovers import at_rest, groups, machine, processes
from tests.live.typed import running, typed

REGISTRY = "docker run -d --name my-registry -p 5000:5000 --restart=always registry:2"
ANSWERS = "for i in $(seq 600); do curl -fsS localhost:5000/v2/_catalog && exit; sleep 0.05; done; exit 1"

CAP_DAC_READ_SEARCH = 2
"""In capabilities(7)."""


def shell(world: Sandbox, commands: str) -> str:
    """Run the commands inside, which succeed; what they say."""
    done = world.run(["sh", "-ec", commands])
    assert done.returncode == 0, done
    return done.stdout.strip()


def _accepted(listener: socket.socket) -> None:
    listener.settimeout(0)
    listener.accept()


@pytest.mark.parametrize(
    ("command", "code", "error"),
    [
        (["sh", "-c", "echo trouble >&2; exit 7"], 7, "trouble\n"),
        (["sh", "-c", "kill -TERM $$"], 143, ""),
        (["no-such-program"], 127, "labcheck: there is no program called no-such-program\n"),
        (["/etc/passwd"], 126, "labcheck: /etc/passwd cannot be run (Permission denied)\n"),
    ],
)
def test_the_exit_code_is_the_commands(command: list[str], code: int, error: str) -> None:
    done = typed(*command)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", error)


def test_input_folder_umask_and_descriptors_are_the_commands(tmp_path: Path) -> None:
    inside = running("sh", "-c", "cat; pwd; umask; ls /proc/self/fd | wc -l")
    done = subprocess.run(
        ["sh", "-c", 'umask 027; cd "$1"; shift; exec "$@"', "sh", tmp_path, *inside],
        input="told\n",
        capture_output=True,
        text=True,
        timeout=240,
        check=True,
    )
    assert done.stdout == f"told\n{tmp_path}\n0027\n4\n"


def test_a_command_must_be_named() -> None:
    with pytest.raises(SandboxError, match="no command"):
        run([])


def test_the_engine_is_the_courses_own(shared_world: Sandbox) -> None:
    info = Info(json.loads(shell(shared_world, "docker info --format '{{json .}}'")))
    assert info.is_course
    assert info.identity == shared_world.id
    assert 0 < time.time_ns() - int(info.label(BIRTH_LABEL)) < 60 * 10**9
    assert info.document["Driver"] in {"overlay2", "overlayfs"}
    assert info.document["CgroupDriver"] == "cgroupfs"


def test_docker_commands_work_to_the_letter(world: Sandbox) -> None:
    shell(world, "docker pull nginx:latest")
    shell(world, REGISTRY)
    assert json.loads(shell(world, ANSWERS)) == {"repositories": []}
    shell(world, "docker image tag nginx:latest localhost:5000/nginx:latest; docker push localhost:5000/nginx:latest")
    assert json.loads(shell(world, ANSWERS)) == {"repositories": ["nginx"]}
    assert shell(world, "curl -fsS4 localhost:5000/v2/; curl -fsS6 localhost:5000/v2/") == "{}{}"
    assert shell(world, "docker ps --format '{{.Names}}'") == "my-registry"
    assert [(one.id, one.containers) for one in status() if one.id == world.id] == [(world.id, 1)]
    shell(world, "docker image prune -a -f; docker pull localhost:5000/nginx; docker rm -f my-registry")


def test_the_engine_is_reached_from_outside_too(shared_world: Sandbox) -> None:
    host = f"unix://{shared_world.engine_socket}"
    seen = subprocess.run(
        ["docker", "-H", host, "info", "-f", "{{.Name}}"], capture_output=True, text=True, timeout=240, check=True
    )
    assert seen.stdout == "labcheck\n"


def test_the_mirror_can_only_read(shared_world: Sandbox) -> None:
    found = "for one in /proc/[0-9]*; do if grep -qs mirror[.]json $one/cmdline; then cat $one/status; fi; done"
    status = dict(line.split(":\t", 1) for line in shell(shared_world, found).splitlines())
    assert {status[name] for name in ("CapPrm", "CapEff", "CapBnd")} == {f"{1 << CAP_DAC_READ_SEARCH:016x}"}
    assert (status["CapInh"], status["NoNewPrivs"]) == ("0" * 16, "1")


def test_two_stand_side_by_side(world: Sandbox, shared_world: Sandbox) -> None:
    for one in (world, shared_world):
        shell(one, REGISTRY)
    for one in (world, shared_world):
        shell(one, ANSWERS)
    shell(world, "docker rm -f my-registry")
    assert shell(shared_world, "docker ps --format '{{.Names}}'; docker rm -f my-registry >&2") == "my-registry"
    assert {world.id, shared_world.id} <= {one.id for one in status()}


def test_one_stands_in_another() -> None:
    inner = running("docker", "info", "--format", "{{.Name}}")
    assert typed(*inner).stdout == "labcheck\n"


def test_what_is_changed_in_etc_and_run_stays_inside(shared_world: Sandbox) -> None:
    places = [Path("/etc/docker/labcheck-test"), Path("/etc/labcheck-test"), Path("/run/labcheck-test")]
    shell(shared_world, "; ".join(f"echo > {place}; test -e {place}" for place in places))
    outside = [place for place in places if place.exists()]
    for place in outside:
        place.unlink()
    assert not outside
    assert shell(shared_world, "cat /etc/hosts") != Path("/etc/hosts").read_text().strip()


def test_the_persons_files_are_there(shared_world: Sandbox, tmp_path: Path) -> None:
    shell(shared_world, f"echo mine > {tmp_path}/file")
    assert (tmp_path / "file").read_text() == "mine\n"


def test_names_lead_to_the_sandbox(shared_world: Sandbox) -> None:
    assert shell(shared_world, "getent ahostsv4 localhost | head -1").split()[0] == "127.0.0.1"
    assert shell(shared_world, "getent ahostsv6 localhost | head -1").split()[0] == "::1"
    assert shell(shared_world, "getent hosts $(hostname)").split() == ["127.0.1.1", "labcheck"]


def test_without_a_way_out_there_is_loopback_only(shared_world: Sandbox) -> None:
    assert not shared_world.outbound
    assert shell(shared_world, "cat /proc/net/route | cut -f1 | sort -u") == "Iface\ndocker0"


def test_a_way_out_leads_out_but_not_to_the_machines_loopback() -> None:
    with opened(source="course", outbound=True) as world:
        assert world.outbound, "slirp4netns is lacking, or did not work"
        assert "10.0.2.2" in shell(world, "ip route show default")
        assert "10.0.2.3" in shell(world, "cat /etc/resolv.conf; docker run --rm busybox cat /etc/resolv.conf")
        shell(world, "docker run --rm busybox ping -c 1 -W 5 10.0.2.2")
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]
            shell(world, f"! curl -s --connect-timeout 2 http://10.0.2.2:{port}/; ! curl -s http://127.0.0.1:{port}/")
            with pytest.raises(BlockingIOError):
                _accepted(listener)


def test_a_command_that_takes_too_long_is_ended_with_its_children(shared_world: Sandbox) -> None:
    before = time.monotonic()
    with pytest.raises(subprocess.TimeoutExpired):
        shared_world.run(["sh", "-c", "sleep 98 & sleep 99"], timeout=0.3)
    assert time.monotonic() - before < 60
    assert shared_world.run(["pgrep", "-x", "sleep"]).stdout == ""


def test_what_a_command_leaves_running_is_not_waited_for(shared_world: Sandbox) -> None:
    before = time.monotonic()
    left = int(shell(shared_world, "sleep 97 & echo $!"))
    assert time.monotonic() - before < 60
    shell(shared_world, f"kill {left}")  # it is still there


def test_input_and_more_variables_are_given(shared_world: Sandbox) -> None:
    done = shared_world.run(["sh", "-c", 'cat; echo "$MORE"'], input="ü\n", extra={"MORE": "x"}, folder=Path("/"))
    assert done.stdout == "ü\nx\n"


def test_nothing_stays() -> None:
    before = at_rest()
    with opened(source="course", outbound=True) as world:
        shell(world, REGISTRY)
        inside = processes(world.first)
        assert len(inside) > 6
        assert groups(world.id)
        assert machine() != before
    assert not [one for one in inside if one.alive]
    assert groups(world.id) == []
    assert machine() == before
    with pytest.raises(SandboxError, match="has ended"):
        world.run(["true"])


def test_it_is_ready_in_less_than_two_seconds() -> None:
    """Once at least: whatever else this machine does, it does not hold up each of so many."""
    seconds: list[float] = []
    while not seconds or (seconds[-1] >= 2 and len(seconds) < 20):
        before = time.monotonic()
        with opened(source="course", outbound=False):
            seconds.append(time.monotonic() - before)
    assert min(seconds) < 2


def test_what_the_machines_own_engines_keep_is_covered() -> None:
    """Somebody starts an engine in a sandbox as the machine's service does, with its usual folders."""
    machine = """
        mount -t tmpfs tmpfs /var/lib && mkdir -p /var/lib/docker/mine /var/lib/containerd/mine
        "$@"; code=$?
        ls -A /var/lib/docker /var/lib/containerd
        exit $code
    """
    inside = """
        test -z "$(ls -A /var/lib/docker /var/lib/containerd | grep -v :)" || exit 9
        grep -q 127.83 /etc/docker/daemon.json || exit 8
        dockerd --host=unix:///run/usual.sock --pidfile=/run/usual.pid --exec-root=/run/usual \\
            --bridge=none --iptables=false >&2 &
        export DOCKER_HOST=unix:///run/usual.sock
        for i in $(seq 300); do docker info >/dev/null 2>&1 && break; sleep 0.1; done
        docker info -f '{{.DockerRootDir}}'
        docker image prune -af; rm -rf /var/lib/docker/*
    """
    alone = ("unshare", "--mount", "--propagation=private", "sh", "-c", machine, "sh")
    done = typed("sh", "-c", inside, before=alone)
    assert done.returncode in {0, 1}, done  # a mount of the second engine may be in use
    assert done.stdout.startswith("/var/lib/docker\n"), done
    assert done.stdout.endswith("/var/lib/containerd:\nmine\n\n/var/lib/docker:\nmine\n")
