"""What the doctor looks at, piece by piece: Docker Hub's limits, the docker command, settings, ports, disks."""

from __future__ import annotations

import os
import socket
import ssl
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from labcheck.cause import CertificateNotYetValid, ServerError, TimedOut, UnexpectedAnswer
from labcheck.observe.deadline import Deadline
from labcheck.observe.engine.contexts import contexts
from labcheck.observe.engine.endpoint import Endpoint
from labcheck.observe.machine import Client, Hub, Knock, Listener, Settings
from labcheck.observe.machine.chosen import host
from labcheck.observe.machine.client import client, complaint
from labcheck.observe.machine.door import door
from labcheck.observe.machine.hub import PATIENCE, hub
from labcheck.observe.machine.places import name
from labcheck.observe.machine.port import listeners, rows
from labcheck.observe.machine.proxies import place, proxies
from labcheck.observe.machine.room import room
from labcheck.observe.machine.settings import settings
from labcheck.observe.trouble import CannotLook, evidence
from labcheck.snapshot import Absent, Evidence, Found, Unknown
from tests.support.loopback import Answer, Asked, Behaviour, Loopback, dripping_headers, reply, silent, tunnel
from tests.support.places import VECTORS

SLACK = 5.0
NOT_YET_VALID = VECTORS / "not-yet-valid.pem"
GIVEN = reply(200, '{"token": "anonymous"}')
"""What an anonymous client gets to show."""
COUNTED = {"ratelimit_limit": "100;w=21600", "ratelimit_remaining": "76;w=21600"}

Docker = Callable[[str], str]


@contextmanager
def small_hub(image: Answer, token: Answer = GIVEN) -> Iterator[Callable[[], Evidence[Hub]]]:
    """A Docker Hub that gives this token and then this answer; what the doctor sees of it."""

    def answer(asked: Asked, _: socket.socket) -> Answer:
        return token if asked.target == "/token" else image

    with Loopback(answer) as server:
        base = f"http://{server.domain}"
        yield partial(hub, Deadline(5), token=f"{base}/token", image=f"{base}/image")
        if said := [asked for asked in server.asked if asked.target == "/image"]:
            assert said[0].method == "HEAD", "a GET would be counted as a pull"
            assert said[0].headers["authorization"] == "Bearer anonymous"


@pytest.mark.parametrize(
    ("image", "token", "expected"),
    [
        (reply(200, **COUNTED), GIVEN, Found(Hub(100, 76, 21600))),
        (reply(200), GIVEN, Found(Hub())),
        (reply(200, ratelimit_limit="many", ratelimit_remaining=";w="), GIVEN, Found(Hub())),
        (reply(429, ratelimit_limit="100;w=21600"), GIVEN, Found(Hub(100, 0, 21600))),
        (reply(200), reply(429), Found(Hub(remaining=0))),
        (reply(503), GIVEN, Unknown("Docker Hub answered with an error (503).", ServerError(503))),
        (
            reply(302, Location="http://127.0.0.1:1/"),
            GIVEN,
            Unknown("Docker Hub answered with an error (302).", ServerError(302)),
        ),
        (
            reply(200),
            reply(200, "<html>Welcome to this hotel</html>"),
            Unknown("What answers in Docker Hub's place is not Docker Hub: perhaps a log-in page.", UnexpectedAnswer()),
        ),
        (reply(200), b"SSH-2.0-nothing like it\r\n\r\n", Absent()),
    ],
)
def test_docker_hub_and_its_limits(image: Answer, token: Answer, expected: Evidence[Hub]) -> None:
    with small_hub(image, token) as look:
        assert look() == expected


@pytest.mark.parametrize("how", [silent, dripping_headers])
def test_a_docker_hub_that_does_not_come_to_an_end_is_not_waited_for(how: Behaviour) -> None:
    with Loopback(how) as server:
        base = f"http://{server.domain}"
        began = time.monotonic()
        seen = hub(Deadline(5), token=f"{base}/token", image=f"{base}/image")
        assert seen == Unknown("Docker Hub did not answer within 1.5 s.", TimedOut(1.5))
        assert time.monotonic() - began < PATIENCE + SLACK


def test_a_clock_that_is_behind_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(NOT_YET_VALID))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(NOT_YET_VALID)
    with Loopback(tunnel(tls, GIVEN)) as server:
        for variable in ("HTTPS_PROXY", "https_proxy"):
            monkeypatch.setenv(variable, f"http://{server.domain}")
        monkeypatch.setenv("no_proxy", "")
        # Nobody's address (RFC 5737): the way there ends in the proxy. On loopback no certificate would be asked for.
        seen = hub(Deadline(5), token="https://192.0.2.1/token", image="https://192.0.2.1/image")  # noqa: S106 - an address
    today = time.strftime("%d %B %Y")
    reason = f"By this machine's clock ({today}) Docker Hub's certificate is not valid yet. Is the clock right?"
    assert seen == Unknown(reason, CertificateNotYetValid())


def test_no_docker_hub_is_absent() -> None:
    assert hub(Deadline(5), token="http://127.0.0.1:1/", image="http://127.0.0.1:1/") == Absent()  # noqa: S106 - an address


@pytest.fixture
def docker(tmp_path: Path) -> Docker:
    """Puts a shell script in the place of the ``docker`` command; the PATH on which it is."""

    def put(script: str) -> str:
        program = tmp_path / "docker"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(stat.S_IRWXU)
        return str(tmp_path)

    return put


def test_the_docker_command_says_its_version(docker: Docker) -> None:
    path = docker("""echo '{"Version": "28.2.2", "ApiVersion": "1.41", "DefaultAPIVersion": "1.50"}'; exit 1""")
    assert client(path, Deadline(5)) == Found(Client("28.2.2", "1.50"))


def test_podmans_imitation_is_recognised(docker: Docker) -> None:
    path = docker("echo 'Emulate Docker CLI using podman. Create /etc/containers/nodocker to quiet msg.' >&2; exit 125")
    assert client(path, Deadline(5)) == Found(Client("", "", is_podman=True))


@pytest.mark.parametrize("script", ["echo nonsense", "", "exec /there/is/no/such", "echo []", "kill -9 $$"])
def test_a_docker_command_that_does_not_work(docker: Docker, script: str) -> None:
    path = docker(script)
    seen = client(path, Deadline(5))
    assert seen == Found(Client("", "", path=f"{path}/docker"))


def test_a_docker_command_that_is_no_program(docker: Docker) -> None:
    path = docker("")
    (Path(path) / "docker").write_bytes(b"")
    assert client(path, Deadline(5)) == Found(Client("", "", path=f"{path}/docker"))


def test_a_docker_command_that_hangs_was_not_seen(docker: Docker) -> None:
    path = docker("exec sleep 30")
    seen = evidence(lambda: client(path, Deadline(0.5)))
    assert seen == Unknown(f"{path}/docker did not answer in time.", TimedOut(0.5))


def test_docker_desktops_placeholder_in_wsl_is_no_docker_command(docker: Docker) -> None:
    path = docker("echo 'docker could not be found. Activate the WSL integration in Docker Desktop.'; exit 1")
    assert client(path, Deadline(5)) == Absent()


def test_variables_that_break_docker_do_not_hide_its_version(docker: Docker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_TLS_VERIFY", "1")
    path = docker("""test -z "$DOCKER_TLS_VERIFY" && echo '{"Version": "1", "DefaultAPIVersion": "1.50"}'""")
    assert client(path, Deadline(5)) == Found(Client("1", "1.50"))


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo 28.2.2", ""),
        ("echo 'WARNING: old news' >&2; echo 'Error response from daemon: too new' >&2; echo >&2; exit 1", "too new"),
        ("exit 1", "It gave no reason."),
        ("echo 'no answer from tcp://me:secret@far.example:1' >&2; exit 1", "no answer from tcp://far.example:1"),
    ],
)
def test_what_docker_says_of_the_engine(docker: Docker, script: str, said: str) -> None:
    assert complaint(docker(script), Deadline(5)) == said


def test_no_docker_command_is_absent(tmp_path: Path) -> None:
    assert client(str(tmp_path), Deadline(5)) == Absent()


def test_helpers_that_are_named_and_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    assert settings(str(tmp_path)) == Absent()
    file = tmp_path / "config.json"
    file.write_text('{"credsStore": "pass", "credHelpers": {"b.example": "b", "a.example": "a"}, "auths": {}}')
    for there in ("docker-credential-pass", "docker-credential-a"):
        (tmp_path / there).touch(mode=0o755)
    helpers = (("a.example", "a"), ("b.example", "b"))
    expected = Settings(str(file), "pass", helpers, ("pass", "docker-credential-b"))
    assert settings(str(tmp_path)) == Found(expected)


@pytest.mark.parametrize("text", ["{", "nonsense", " ", "", "[]", "null", '{"credsStore": 7, "credHelpers": ["a"]}'])
def test_settings_of_any_shape_are_no_reason_to_fall_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    (tmp_path / "config.json").write_text(text)
    trouble = "" if text.strip() in {"", "null"} else "damaged"
    assert settings("") == Found(Settings(str(tmp_path / "config.json"), trouble=trouble))


def test_contexts_are_found_without_settings_and_a_broken_one_hides_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    assert contexts() == ()
    for folder, text in {
        "a": '{"Name": "colima", "Metadata": {}, "Endpoints": {"docker": {"Host": "unix:///x.sock"}}}',
        "b": "{",
    }.items():
        (tmp_path / "contexts/meta" / folder).mkdir(parents=True)
        (tmp_path / "contexts/meta" / folder / "meta.json").write_text(text)
    assert contexts() == (("colima", "unix:///x.sock"),)


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells who listens.")
def test_who_listens_on_a_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert [it.pid for it in listeners(port)] == [os.getpid()]
    assert listeners(port) == ()


def test_the_kernels_table_is_read_as_it_is_written() -> None:
    table = (
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
        "   0: 0100007F:1388 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 321522 1 0 100 0\n"
        "   1: 0100007F:1388 0100007F:E698 01 00000000:00000000 00:00000000 00000000     0        0 321523 1 0 100 0\n"
        "   2: 00000000000000000000000001000000:1388 00000000000000000000000000000000:0000 0A "
        "00000000:00000000 00:00000000 00000000     0        0 321524 1 0 100 0\n"
    )
    found = [(row.port, row.inode) for row in rows(table)]
    assert found == [(5000, "321522"), (5000, "321524")]


def test_a_holder_without_a_name_is_a_holder() -> None:
    assert Listener() != Listener("nginx", 1)


@pytest.mark.parametrize(
    ("address", "knock"),
    [("tcp://127.0.0.1:1", Knock.REFUSED), ("http+unix:///there/is/no.sock", Knock.MISSING)],
)
def test_a_door_that_nobody_opens(address: str, knock: Knock) -> None:
    seen = door(Endpoint(address, ""), Deadline(5))
    assert isinstance(seen, Found)
    assert seen.value.knock is knock


def test_a_door_of_another_kind(tmp_path: Path) -> None:
    assert door(Endpoint("ssh://far.example", ""), Deadline(5)) == Absent()
    with pytest.raises(CannotLook, match="no port that is a number"):
        door(Endpoint("tcp://127.0.0.1:none", ""), Deadline(5))
    plain = tmp_path / "docker.sock"
    plain.touch()
    seen = door(Endpoint(f"unix://{plain}", ""), Deadline(5))
    assert isinstance(seen, Found)
    assert seen.value.knock is Knock.REFUSED


@pytest.mark.parametrize(
    ("address", "its_host", "its_name"),
    [
        ("ssh://me:secret@far.example:22", "far.example", "ssh://far.example:22"),
        ("tcp://[::1]:2375", "::1", "tcp://[::1]:2375"),
        ("tcp://[broken", "", "tcp://[broken"),
        ("http+unix:///var/run/docker.sock", "", "/var/run/docker.sock"),
        ("far.example", "", "far.example"),
    ],
)
def test_where_an_engine_is_for_people(address: str, its_host: str, its_name: str) -> None:
    assert (host(Endpoint(address, "")), Endpoint(address, "").place) == (its_host, its_name)


@pytest.mark.parametrize(
    ("path", "product"),
    [
        ("/var/run/docker.sock", ""),
        ("/home/ada/.colima/default/docker.sock", "Colima"),
        ("/Users/ada/.docker/run/docker.sock", "Docker Desktop"),
        ("/home/ada/.docker/desktop/docker.sock", "Docker Desktop"),
        ("/Users/ada/.rd/docker.sock", "Rancher Desktop"),
        ("/Users/ada/.orbstack/run/docker.sock", "OrbStack"),
        ("/home/ada/.lima/docker/sock/docker.sock", "Lima"),
        ("/run/user/1000/podman/podman.sock", "Podman"),
        ("/run/user/1000/docker.sock", "Rootless Docker"),
    ],
)
def test_whose_socket_it_is(path: str, product: str) -> None:
    assert name(path) == product


def test_proxies_are_named_without_what_is_secret() -> None:
    found = proxies({"http_proxy": "http://me:secret@proxy.example:3128/", "NO_PROXY": " a.example ,,localhost"})
    assert found.variables == (("http_proxy", "proxy.example:3128"),)
    assert found.exceptions == ("a.example", "localhost")
    assert proxies({"http_proxy": " ", "no_proxy": "", "NO_PROXY": "b"}).exceptions == ("b",)
    assert place("me:secret@proxy.example:3128") == "proxy.example:3128"
    assert "secret" not in place("http://me:secret@[broken")


def test_the_room_of_a_folder_that_is_not_made_yet(tmp_path: Path) -> None:
    seen = room(tmp_path / "not" / "yet")
    assert isinstance(seen, Found)
    assert seen.value.writable
    assert seen.value.free > 0
    assert seen.value.filesystem or sys.platform != "linux"
