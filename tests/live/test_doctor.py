"""The doctor in a sandbox, with a real engine: what it says is so, and what it prints mends what it says."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass

import pytest

from labcheck.sandbox.outside import Sandbox

EXAMINED = """
import sys
from labcheck import doctor
from labcheck.doctor.page import as_json
lines = doctor.examine()
print(as_json(lines))
sys.exit(doctor.exit_code(lines))
"""
OUTSIDE = ("env", "-u", "LABCHECK_SANDBOX", "-u", "DOCKER_CONFIG", "LABCHECK_HOME=/run/home")
"""As somebody would be who has this engine and no sandbox."""
NOBODY = (
    *("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"),
    *("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"),
)
"""Somebody who may read what they like (this Python may be in root's home), and nothing else."""
ANSWERS = "for i in $(seq 600); do curl -fsS localhost:5000/v2/ && exit; sleep 0.05; done; exit 1"


@dataclass(frozen=True)
class Seen:
    """What the doctor said: its exit code, and its lines by name."""

    code: int
    lines: dict[str, dict[str, str]]

    def told(self, name: str) -> str:
        """A line as it is read."""
        line = self.lines[name]
        return f"{line['state']}: {line['says']} {line['remedy']}".strip()

    def command(self, name: str) -> str:
        """The last command of a line's remedy."""
        return self.lines[name]["remedy"].splitlines()[-1]


def doctor(world: Sandbox, *before: str) -> Seen:
    """Ask the doctor inside; ``before`` is put before it."""
    done = world.run([*before, sys.executable, "-c", EXAMINED])
    assert done.stdout, done.stderr
    return Seen(done.returncode, {line["name"]: line for line in json.loads(done.stdout)})


def shell(world: Sandbox, commands: str) -> str:
    """Run the commands inside, which succeed; what they say."""
    done = world.run(["sh", "-ec", commands])
    assert done.returncode == 0, done
    return done.stdout.strip()


def test_a_fresh_sandbox_has_nothing_but_good_lines(shared_world: Sandbox) -> None:
    seen = doctor(shared_world)
    assert {line["state"] for line in seen.lines.values()} == {"good"}
    assert seen.code == 0
    assert seen.told("port 5000") == "good: It is free."
    version = shell(shared_world, "docker version --format '{{.Server.Version}}'")
    assert seen.told("engine") == f"good: Docker {version} answers."


def test_who_holds_the_port_and_how_it_becomes_free(shared_world: Sandbox) -> None:
    shell(shared_world, f"docker run -d --name my-registry -p 5000:5000 registry:2; {ANSWERS}")
    seen = doctor(shared_world)
    assert seen.told("port 5000") == "good: The container my-registry publishes it, and a registry answers."
    shell(shared_world, "docker rm -f my-registry; docker run -d --name web -p 5000:80 nginx")
    seen = doctor(shared_world)
    assert seen.lines["port 5000"]["says"].startswith("The container web publishes it")
    shell(shared_world, seen.command("port 5000"))
    assert doctor(shared_world).told("port 5000") == "good: It is free."
    shell(shared_world, "docker rm web")


def test_registries_that_are_asked_without_https(shared_world: Sandbox) -> None:
    shell(
        shared_world,
        """
        cp /etc/docker/daemon.json /run/kept
        sed 's/^{/{"insecure-registries": ["lab.example:5000"],/' /run/kept > /etc/docker/daemon.json
        kill -HUP $(cat /run/docker.pid)
        until docker info | grep -q lab.example:5000; do sleep 0.05; done
        """,
    )
    assert doctor(shared_world).told("insecure registries") == "good: Besides those at localhost: lab.example:5000."
    shell(shared_world, "cp /run/kept /etc/docker/daemon.json; kill -HUP $(cat /run/docker.pid)")


def test_a_helper_that_is_missing_does_break_docker_run(shared_world: Sandbox) -> None:
    shell(shared_world, """mkdir /run/gone; echo '{"credsStore": "gone"}' > /run/gone/config.json""")
    using = ("env", "DOCKER_CONFIG=/run/gone")
    warned = doctor(shared_world, *using).told("credential store")
    assert warned.startswith("warning: /run/gone/config.json names docker-credential-gone, which is not there")
    broken = shared_world.run([*using, "docker", "run", "--rm", "registry:0"])
    assert "docker-credential-gone" in broken.stderr


def test_a_proxy_catches_localhost_and_what_is_printed_mends_it(shared_world: Sandbox) -> None:
    shell(shared_world, f"docker run -d --name my-registry -p 5000:5000 registry:2; {ANSWERS}")
    caught = ("env", "-u", "NO_PROXY", "-u", "no_proxy", "http_proxy=http://me:secret@127.0.0.1:1")
    ask = ("curl", "-fsS", "localhost:5000/v2/")
    assert shared_world.run([*caught, *ask]).returncode != 0
    seen = doctor(shared_world, *caught)
    assert seen.lines["proxy"]["state"] == "warning"
    assert "secret" not in str(seen.lines)
    mended = shared_world.run([*caught, "sh", "-c", f'{seen.command("proxy")}; exec "$@"', "sh", *ask])
    assert mended.returncode == 0, mended.stderr
    shell(shared_world, "docker rm -f my-registry")


def test_somebody_without_root(shared_world: Sandbox) -> None:
    shell(shared_world, "mkdir -p -m 1777 /run/home; docker pull -q nginx")
    seen = doctor(shared_world, *OUTSIDE, *NOBODY)
    assert seen.code == 1
    assert seen.told("permission").startswith("problem: You cannot use the engine at /var/run/docker.sock")
    assert seen.told("course").startswith("problem: The course cannot run here yet.")
    shell(shared_world, "chmod 666 /run/docker.sock")
    seen = doctor(shared_world, *OUTSIDE, *NOBODY)
    shell(shared_world, "chmod 660 /run/docker.sock")
    assert seen.code == 0
    assert seen.told("sandbox without root").startswith("warning: Without root, a sandbox needs ")
    assert seen.told("course").startswith("good: The course can run here, in a container of the Docker engine")
    assert seen.told("container").startswith("good: The course can run in a container of this engine")
    assert "problem" not in {line["state"] for line in seen.lines.values()}


def test_an_engine_that_has_died(world: Sandbox) -> None:
    shell(world, "kill -9 $(cat /run/docker.pid)")
    seen = doctor(world)
    assert seen.code == 1
    assert seen.told("engine").startswith("problem: Nothing answers at /var/run/docker.sock.")
    assert seen.told("course").startswith("problem: The course cannot run here: this is a sandbox")


@pytest.mark.parametrize(
    ("variable", "command", "line"),
    [
        ("DOCKER_API_VERSION=1.99", "docker ps", "docker to engine"),
        ("DOCKER_CONTENT_TRUST=1", "docker pull -q nginx", "docker to engine"),
        ("DOCKER_TLS_VERIFY=1", "docker ps", "endpoint"),
        ("DOCKER_HOST=unix:///nowhere.sock", "docker ps", "engine"),
        ("DOCKER_CONTEXT=nowhere", "docker ps", "endpoint"),
    ],
)
def test_a_variable_that_breaks_docker_is_named_and_what_is_printed_mends_it(
    shared_world: Sandbox, variable: str, command: str, line: str
) -> None:
    broken = ("env", variable)
    assert shared_world.run([*broken, *command.split()]).returncode != 0
    seen = doctor(shared_world, *broken)
    assert seen.code == 1
    assert seen.lines[line]["state"] == "problem"
    assert seen.told("course").startswith("problem: The course cannot run here yet.")
    mended = (*broken, "sh", "-c", f'{seen.command(line)}; exec "$@"', "sh")
    assert shared_world.run([*mended, *command.split()]).returncode == 0
    assert doctor(shared_world, *mended).code == 0


def test_docker_settings_that_are_damaged(shared_world: Sandbox) -> None:
    shell(shared_world, "mkdir /run/damaged; echo '{ nothing' > /run/damaged/config.json")
    using = ("env", "DOCKER_CONFIG=/run/damaged")
    assert "parsing config file" in shared_world.run([*using, "docker", "ps"]).stderr
    seen = doctor(shared_world, *using)
    assert seen.code == 0
    assert seen.told("docker settings").startswith("warning: /run/damaged/config.json is damaged")
    shell(shared_world, seen.command("docker settings"))
    assert not shared_world.run([*using, "docker", "ps"]).stderr
    assert "docker settings" not in doctor(shared_world, *using).lines


def test_docker_that_talks_to_another_engine_is_said(world: Sandbox) -> None:
    """Somebody starts an engine by hand, as the distribution's service would, and docker asks that one."""
    shell(
        world,
        """
        mkdir /run/second
        dockerd --data-root=/run/second/data --exec-root=/run/second/exec --pidfile=/run/second/pid --bridge=none \\
            --iptables=false --host=unix:///run/second/sock >/run/second/log 2>&1 &
        until docker -H unix:///run/second/sock info >/dev/null 2>&1; do sleep 0.1; done
        """,
    )
    other = ("env", "DOCKER_HOST=unix:///run/second/sock")
    for words in ((), ("check", "push-and-pull"), ("reset", "push-and-pull", "--yes")):
        done = world.run([*other, sys.executable, "-m", "labcheck", *words])
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("labcheck: Here docker talks to a different engine, not the course's own")
    seen = doctor(world, *other)
    assert seen.told("endpoint").startswith("warning: This is a sandbox, but docker talks to another engine")
    mended = (*other, "sh", "-c", f'{seen.command("endpoint")}; exec "$@"', "sh", sys.executable, "-m", "labcheck")
    assert world.run(mended).returncode == 1
    shell(world, "kill $(cat /run/second/pid)")


PODMAN_DOCKER = """#!/bin/sh
[ -e /etc/containers/nodocker ] || \\
echo "Emulate Docker CLI using podman. Create /etc/containers/nodocker to quiet msg." >&2
exec /usr/bin/podman "$@"
"""
"""/usr/bin/docker of Debian's package podman-docker, 4.3.1 and 5.8.6."""


def test_a_docker_that_is_podman_reaches_no_engine(shared_world: Sandbox) -> None:
    written = [
        "sh",
        "-c",
        'mkdir /run/imitation; printf %s "$1" >/run/imitation/docker; chmod +x /run/imitation/docker',
    ]
    assert shared_world.run([*written, "sh", PODMAN_DOCKER]).returncode == 0
    imitated = ["sh", "-c", 'PATH=/run/imitation:$PATH exec "$@"', "sh", sys.executable, "-m", "labcheck"]
    done = shared_world.run([*imitated, "check", "push-and-pull"])
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("labcheck: Here the docker command is Podman's, so nothing that you type reaches")
    assert shared_world.run([sys.executable, "-m", "labcheck", "check", "push-and-pull"]).returncode == 1


def test_a_port_held_for_the_container_of_another_engine(shared_world: Sandbox) -> None:
    shell(shared_world, "docker pull -q nginx; docker run -d --name web -p 5000:80 nginx")
    seen = doctor(shared_world, "env", "DOCKER_HOST=unix:///nowhere.sock")
    shell(shared_world, "docker rm -f web")
    assert "docker-proxy" in seen.lines["port 5000"]["says"]
    assert "kill" not in seen.lines["port 5000"]["remedy"]
