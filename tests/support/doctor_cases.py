"""What the doctor says: a machine, what is different about it, a line's name, and that line as it is read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from labcheck.cause import CertificatesNotFound, ContextNotFound, NotSupported, ServerError, TimedOut
from labcheck.doctor.disk_space import Room
from labcheck.doctor.facts.chosen_engine import NoEndpoint
from labcheck.doctor.facts.connection import Attempt, Connection
from labcheck.doctor.facts.control_groups import Cgroups
from labcheck.doctor.facts.docker_command import Client
from labcheck.doctor.facts.docker_hub import Hub
from labcheck.doctor.facts.docker_settings import Settings
from labcheck.doctor.facts.localhost import Localhost
from labcheck.doctor.facts.other_sockets import Socket
from labcheck.doctor.facts.programs import programs
from labcheck.doctor.facts.proxies import proxies_of
from labcheck.doctor.facts.sandbox_kernel import Kernel
from labcheck.doctor.facts.software import Software
from labcheck.doctor.listening import Listener
from labcheck.doctor.machine import Machine
from labcheck.doctor.system import System
from labcheck.observe.engine.endpoint import Endpoint
from labcheck.query import Pong
from labcheck.snapshot import Absent, Found, Unknown
from tests.support.machines import (
    ADA,
    ALLOWED_BY_PODMAN,
    ENGINE_ONLY,
    GIGA,
    INFO,
    INSIDE,
    NO_ENGINE,
    NOTHING,
    PODMAN,
    READY,
    ROOT,
    VERSION,
)

MEGA = 1024**2
GONE = NoEndpoint("The Docker context gone is chosen, but there is none of that name.", ContextNotFound("gone"))
SLOW = Unknown("It did not answer within 5 s.", TimedOut(5))
COLIMA = Socket("/home/ada/.colima/default/docker.sock", "Colima")
REFUSED = {**NO_ENGINE, "connection": Found(Connection("/var/run/docker.sock", Attempt.REFUSED, "docker"))}
SHUT = {**NO_ENGINE, "connection": Found(Connection("/var/run/docker.sock", Attempt.FORBIDDEN, "docker"))}
BY_HAND = {**NO_ENGINE, "chosen": Found(Endpoint("tcp://127.0.0.1:1", "DOCKER_HOST"))}
NO_NOTEBOOKS = {"software": Found(Software("3.11.2", "/opt/bin/python", "labcheck", "", "jupyterlab<5,>=4.4"))}
ROOTLESS = {"engine_info": Found({**INFO, "SecurityOptions": ["name=rootless"]})}
PROXY = proxies_of({"http_proxy": "http://ada:secret@proxy.example:3128", "no_proxy": "intern.example"})


def system(**facts: Any) -> System:  # noqa: ANN401 - whatever a field is
    return replace(READY.system, **facts)


def info(**facts: object) -> Found[dict[str, object]]:
    return Found({**INFO, **facts})


def without(*names: str) -> Found[frozenset[str]]:
    return Found(READY.get(programs, frozenset()) - set(names))


def case(machine: Machine, facts: dict[str, Any], name: str, told: str) -> tuple[Machine, dict[str, Any], str, str]:
    """A machine, what is different about it, and how one line then reads: its state, what it says, and what to do."""
    return machine, facts, name, told


PRODUCTS: list[tuple[str, dict[str, Any], str]] = [
    ("/run/user/1001/docker.sock", {"has_systemd": False}, "Start the rootless engine: > dockerd-rootless.sh &"),
    ("/home/ben/.docker/run/docker.sock", {}, "Start the rootless engine: > systemctl --user start docker"),
    ("/home/ben/.docker/desktop/docker.sock", {}, "Start Docker Desktop: > systemctl --user start docker-desktop"),
    ("/Users/ben/.docker/run/docker.sock", {"kind": "darwin"}, "Start Docker Desktop: > open -a Docker"),
    ("/run/user/1001/podman/podman.sock", {}, "Start Podman's socket: > systemctl --user start podman.socket"),
    ("/run/podman/podman.sock", {}, "Start Podman's socket: > sudo systemctl start podman.socket"),
    (
        "/run/user/1001/podman/podman.sock",
        {"has_systemd": False},
        "Start Podman's socket: > podman system service --time=0 unix:///run/user/1001/podman/podman.sock &",
    ),
    (
        "/Users/ben/.local/share/containers/podman/machine/podman.sock",
        {"kind": "darwin"},
        "Start Podman's socket: > podman machine start",
    ),
    ("/Users/ben/.rd/docker.sock", {}, "Start Rancher Desktop, with dockerd as its engine."),
    ("/Users/ben/.orbstack/run/docker.sock", {}, "Start OrbStack: > orb start"),
    ("/Users/ben/.lima/docker/sock/docker.sock", {}, "Start Lima's machine: > limactl start docker"),
]
"""A product's socket, what is different about the machine, and how that engine is started there."""

CASES = [
    # endpoint
    case(ENGINE_ONLY, {}, "endpoint", "good: docker talks to /var/run/docker.sock, the usual place."),
    case(
        ENGINE_ONLY,
        {"chosen": Found(Endpoint("unix:///home/ada/.colima/default/docker.sock", context="colima"))},
        "endpoint",
        "good: docker talks to /home/ada/.colima/default/docker.sock (Colima), where the Docker context colima points.",
    ),
    case(
        ENGINE_ONLY,
        {"chosen": Found(Endpoint("ssh://ada:secret@far.example", "DOCKER_HOST"))},
        "endpoint",
        "good: docker talks to ssh://far.example, where DOCKER_HOST points.",
    ),
    case(
        ENGINE_ONLY,
        {"variables": Found(frozenset({"DOCKER_HOST", "DOCKER_CONTEXT"}))},
        "endpoint",
        "warning: DOCKER_HOST and DOCKER_CONTEXT are both set. DOCKER_HOST wins: /var/run/docker.sock. "
        "> To keep only one of them: > unset DOCKER_CONTEXT",
    ),
    case(
        INSIDE,
        {"engine_info": info(), "variables": Found(frozenset({"DOCKER_HOST"}))},
        "endpoint",
        "warning: This is a sandbox, but docker talks to another engine, at /var/run/docker.sock. "
        "> To use the sandbox's own: > unset DOCKER_HOST",
    ),
    case(
        INSIDE,
        {"engine_info": info()},
        "endpoint",
        "warning: This is a sandbox, but docker talks to another engine, at /var/run/docker.sock. "
        "> In the course its engine starts again by itself, within seconds. If not, press Ctrl-C where labcheck start "
        "was typed, then open the course again. What you did is kept: > labcheck start",
    ),
    case(
        NOTHING,
        {"chosen": Found(GONE)},
        "endpoint",
        "problem: The Docker context gone is chosen, but there is none of that name. "
        "> To use the usual engine: > docker context use default",
    ),
    case(
        NOTHING,
        {
            "chosen": Found(GONE),
            "variables": Found(frozenset({"DOCKER_CONTEXT"})),
        },
        "endpoint",
        "problem: The Docker context gone is chosen, but there is none of that name. "
        "> To use the usual engine: > unset DOCKER_CONTEXT",
    ),
    case(
        NOTHING,
        {"chosen": Found(NoEndpoint("DOCKER_CERT_PATH does not lead to the certificates.", CertificatesNotFound()))},
        "endpoint",
        "problem: DOCKER_CERT_PATH does not lead to the certificates. "
        "> Without them: > unset DOCKER_CERT_PATH DOCKER_TLS_VERIFY",
    ),
    case(
        NOTHING,
        {
            "chosen": Found(
                NoEndpoint("DOCKER_TLS_VERIFY is set, but there are no certificates for it.", CertificatesNotFound())
            )
        },
        "endpoint",
        "problem: DOCKER_TLS_VERIFY is set, but there are no certificates for it. "
        "> Without them: > unset DOCKER_CERT_PATH DOCKER_TLS_VERIFY",
    ),
    case(NOTHING, {"chosen": SLOW}, "endpoint", "could not look: It did not answer within 5 s."),
    # engine
    case(ENGINE_ONLY, {}, "engine", "good: Docker 28.2.2 answers."),
    case(
        ENGINE_ONLY,
        {"engine_info": info(SecurityOptions=["name=rootless"])},
        "engine",
        "good: Docker 28.2.2 answers, without root.",
    ),
    case(
        ENGINE_ONLY,
        {"engine_version": Found(PODMAN)},
        "engine",
        "warning: Podman answers in Docker's place. It asks every registry in HTTPS, even one at localhost. "
        "It reports pushes that failed, too, so labcheck goes by what it sees: look after each step. "
        "> Use a Docker engine. Or allow the registry, for each port of the course, in /etc/containers/registries.conf "
        '([[registry]], location = "localhost:5000", insecure = true), then restart Podman: it reads that only when it '
        "starts.",
    ),
    case(
        ENGINE_ONLY,
        {"engine_version": Found(PODMAN), "engine_info": info(RegistryConfig=ALLOWED_BY_PODMAN)},
        "engine",
        "good: Podman answers in Docker's place. It asks localhost:5000 without HTTPS, and any other registry in HTTPS "
        "only. It reports pushes that failed, too, so labcheck goes by what it sees: look after each step.",
    ),
    case(
        ENGINE_ONLY,
        {"engine_version": Found(PODMAN), "engine_info": info(RegistryConfig=ALLOWED_BY_PODMAN)},
        "insecure registries",
        "good: localhost:5000, and no other.",
    ),
    case(
        ENGINE_ONLY,
        {"engine_info": info(OSType="windows")},
        "engine",
        "problem: This engine runs Windows containers; the course's are for Linux. "
        "> Switch to Linux containers, in Docker Desktop's menu.",
    ),
    case(
        NOTHING,
        {},
        "engine",
        "problem: Nothing answers at /var/run/docker.sock. > Start it: > sudo systemctl start docker",
    ),
    case(
        NOTHING,
        {"system": system(has_systemd=False), **REFUSED},
        "engine",
        "problem: Nothing answers at /var/run/docker.sock. > Start it: > sudo service docker start",
    ),
    case(
        NOTHING,
        {"programs": without("dockerd", "sudo")},
        "engine",
        "problem: Nothing answers at /var/run/docker.sock. > To install it: > su - -c 'apt-get install docker.io'",
    ),
    case(
        NOTHING,
        {"programs": without("dockerd"), "system": system(is_wsl=True)},
        "engine",
        "problem: Nothing answers at /var/run/docker.sock. > Start Docker Desktop on Windows, "
        "with its WSL integration switched on for this distribution.",
    ),
    case(
        NOTHING,
        {"system": system(kind="darwin")},
        "engine",
        "problem: Nothing answers at /var/run/docker.sock. > Start Docker Desktop, or install it.",
    ),
    case(
        NOTHING,
        {"system": system(kind="darwin"), "programs": Found(frozenset({"docker", "colima"}))},
        "engine",
        "problem: Nothing answers at /var/run/docker.sock. > Start Colima: > colima start",
    ),
    case(
        NOTHING,
        {"chosen": Found(Endpoint("unix:///run/user/1001/docker.sock", context="rootless"))},
        "engine",
        "problem: Nothing answers at /run/user/1001/docker.sock, where the Docker context rootless points. "
        "> Start the rootless engine: > systemctl --user start docker",
    ),
    case(
        NOTHING,
        {"chosen": Found(Endpoint("unix:///tmp/other.sock", context="other"))},
        "engine",
        "problem: Nothing answers at /tmp/other.sock, where the Docker context other points. "
        "> Start that engine, or go back to the usual one: > docker context use default",
    ),
    case(
        NOTHING,
        {**BY_HAND, "variables": Found(frozenset({"DOCKER_HOST"}))},
        "engine",
        "problem: Nothing answers at tcp://127.0.0.1:1, where DOCKER_HOST points. "
        "> Start that engine, or go back to the usual one: > unset DOCKER_HOST",
    ),
    case(
        NOTHING,
        {"other_sockets": Found((COLIMA,))},
        "engine",
        "problem: Nothing answers at /var/run/docker.sock. Colima listens at /home/ada/.colima/default/docker.sock. "
        "> To use it: > export DOCKER_HOST=unix:///home/ada/.colima/default/docker.sock",
    ),
    case(
        NOTHING,
        {
            **BY_HAND,
            "variables": Found(frozenset({"DOCKER_HOST"})),
            "other_sockets": Found((COLIMA,)),
            "contexts": Found((("colima", f"unix://{COLIMA.path}"),)),
        },
        "engine",
        "problem: Nothing answers at tcp://127.0.0.1:1, where DOCKER_HOST points. "
        "Colima listens at /home/ada/.colima/default/docker.sock. "
        "> To use it: > unset DOCKER_HOST > docker context use colima",
    ),
    case(
        NOTHING,
        {"system": system(is_container=True), "programs": without("dockerd")},
        "engine",
        "problem: Nothing answers at /var/run/docker.sock. > This is a container. It can use the engine outside "
        "if it is started with: > --network host -v /var/run/docker.sock:/var/run/docker.sock",
    ),
    case(
        NOTHING,
        {"other_sockets": Found((Socket("/opt/run/docker.sock", ""),))},
        "engine",
        "problem: Nothing answers at /var/run/docker.sock. An engine listens at /opt/run/docker.sock. "
        "> To use it: > export DOCKER_HOST=unix:///opt/run/docker.sock",
    ),
    *(
        case(
            NOTHING,
            {"chosen": Found(Endpoint(f"unix://{path}", context="x")), "system": system(**its)},
            "engine",
            f"problem: Nothing answers at {path}, where the Docker context x points. > {remedy}",
        )
        for path, its, remedy in PRODUCTS
    ),
    case(
        READY, NO_ENGINE, "engine", "good: Nothing answers at /var/run/docker.sock. A sandbox has an engine of its own."
    ),
    case(
        READY,
        {**BY_HAND, "variables": Found(frozenset({"DOCKER_HOST"}))},
        "engine",
        "warning: Nothing answers at tcp://127.0.0.1:1, where DOCKER_HOST points. "
        "> Start that engine, or go back to the usual one: > unset DOCKER_HOST",
    ),
    case(
        READY,
        {**NO_ENGINE, "other_sockets": Found((COLIMA,))},
        "engine",
        "warning: Nothing answers at /var/run/docker.sock. Colima listens at /home/ada/.colima/default/docker.sock. "
        "> To use it: > export DOCKER_HOST=unix:///home/ada/.colima/default/docker.sock",
    ),
    case(
        ENGINE_ONLY,
        {"engine_info": SLOW},
        "engine",
        "could not look: It did not answer within 5 s. > Restart it: > sudo systemctl restart docker",
    ),
    case(
        NOTHING,
        {"connection": SLOW, "system": system(has_systemd=False)},
        "engine",
        "could not look: It did not answer within 5 s. > Restart it: > sudo service docker restart",
    ),
    case(
        NOTHING,
        {"connection": SLOW, "system": system(kind="darwin")},
        "engine",
        "could not look: It did not answer within 5 s. > Restart that engine, then look again.",
    ),
    case(
        NOTHING,
        {**BY_HAND, "connection": SLOW, "variables": Found(frozenset({"DOCKER_HOST"}))},
        "engine",
        "could not look: It did not answer within 5 s. > Start that engine, or go back to the usual one: "
        "> unset DOCKER_HOST",
    ),
    case(
        NOTHING,
        {"chosen": Found(Endpoint("ssh://far.example", "DOCKER_HOST")), "connection": Absent()},
        "engine",
        "could not look: The Docker engine is not running: there is no /var/run/docker.sock. "
        "> Over SSH labcheck needs the package paramiko, and a key that asks for no password.",
    ),
    # permission
    case(
        NOTHING,
        SHUT,
        "permission",
        "problem: You cannot use the engine at /var/run/docker.sock: you are not in the group docker. "
        "> Its members can do all that root can. Join it, then log out and in again: "
        "> sudo usermod -aG docker ben",
    ),
    case(
        NOTHING,
        {**SHUT, "person": Found(replace(ADA, enrolled=ADA.groups | {"docker"}))},
        "permission",
        "problem: You cannot use the engine at /var/run/docker.sock yet: you are in the group docker, "
        "but this session is older than that. > Log out and in again. JupyterLab's server must be restarted, too, "
        "not only its kernel. In this terminal: > newgrp docker",
    ),
    case(
        NOTHING,
        {**SHUT, "person": Found(replace(ADA, groups=frozenset({"docker"})))},
        "permission",
        "problem: You cannot use the engine at /var/run/docker.sock, though you are in its group, docker. "
        "> Perhaps the folder that the socket is in is closed to you.",
    ),
    case(
        NOTHING,
        {**SHUT, "connection": Found(Connection("/var/run/docker.sock", Attempt.FORBIDDEN, "root"))},
        "permission",
        "problem: You cannot use the engine at /var/run/docker.sock: only root can. "
        "> Let the group docker in, and join it. Then log out and in again: > sudo groupadd -f docker "
        "> sudo systemctl restart docker.socket docker > sudo usermod -aG docker ben",
    ),
    case(
        NOTHING,
        {**SHUT, "person": SLOW},
        "permission",
        "problem: You cannot use the engine at /var/run/docker.sock. > Ask the person who looks after this machine.",
    ),
    case(
        NOTHING,
        {
            "programs": without("sudo"),
            "system": system(has_systemd=False),
            "connection": Found(Connection("/var/run/docker.sock", Attempt.FORBIDDEN, "root")),
        },
        "permission",
        "problem: You cannot use the engine at /var/run/docker.sock: only root can. "
        "> Let the group docker in, and join it. Then log out and in again: > su - -c 'groupadd -f docker' "
        "> su - -c 'service docker restart' > su - -c 'usermod -aG docker ben'",
    ),
    case(
        NOTHING,
        {**SHUT, "system": system(kind="darwin")},
        "permission",
        "problem: You cannot use the engine at /var/run/docker.sock. > Ask the person who looks after this machine.",
    ),
    case(
        NOTHING,
        {
            "chosen": Found(Endpoint("unix:///run/user/1000/docker.sock", "DOCKER_HOST")),
            "connection": Found(Connection("/run/user/1000/docker.sock", Attempt.FORBIDDEN)),
            "variables": Found(frozenset({"DOCKER_HOST"})),
        },
        "permission",
        "problem: You cannot use the engine at /run/user/1000/docker.sock, where DOCKER_HOST points. "
        "It is probably somebody else's. > To use the usual engine: > unset DOCKER_HOST",
    ),
    case(
        NOTHING,
        {
            "chosen": Found(Endpoint("unix:///run/user/1000/docker.sock", context="rootless")),
            "connection": Found(Connection("/run/user/1000/docker.sock", Attempt.FORBIDDEN, "root")),
        },
        "permission",
        "problem: You cannot use the engine at /run/user/1000/docker.sock, where the Docker context rootless "
        "points. It is probably somebody else's. > To use the usual engine: > docker context use default",
    ),
    # API version, docker command, image store
    case(ENGINE_ONLY, {}, "API version", "good: Docker 28.2.2 speaks API 1.50."),
    case(
        ENGINE_ONLY,
        {"engine_version": Found({**VERSION, "Version": "29.3.0", "ApiVersion": "1.54", "MinAPIVersion": "1.40"})},
        "API version",
        "good: Docker 29.3.0 speaks API 1.54; labcheck uses 1.51 with it.",
    ),
    case(
        ENGINE_ONLY,
        {"engine_version": Found({**VERSION, "Version": "40.0.0", "ApiVersion": "1.70", "MinAPIVersion": "1.60"})},
        "API version",
        "warning: Docker 40.0.0 speaks API 1.70 and none older than 1.60; labcheck knows 1.51. "
        "> Update labcheck. Until then it may misread this engine.",
    ),
    case(
        ENGINE_ONLY,
        {"engine_version": Found({**VERSION, "Version": "18.09.1", "ApiVersion": "1.39", "MinAPIVersion": "1.12"})},
        "API version",
        "problem: Docker 18.09.1 speaks API 1.39, and labcheck needs 1.41 (Docker 20.10). "
        "> Update Docker Engine; its documentation says how: docs.docker.com/engine/install.",
    ),
    case(READY, {}, "docker command", "good: Version 28.2.2 (API 1.50)."),
    case(
        ENGINE_ONLY,
        {
            "client": Found(Client("20.10.24", "1.41")),
            "engine_version": Found({**VERSION, "MinAPIVersion": "1.44"}),
            "complaint": Found("client version 1.41 is too old."),
        },
        "docker to engine",
        "problem: docker 20.10.24 is too old for this engine: it speaks API 1.41, and the engine wants 1.44 or newer. "
        "> Install Docker as its documentation says: docs.docker.com/engine/install.",
    ),
    case(
        READY,
        {"complaint": Found("client version 1.99 is too new."), "variables": Found(frozenset({"DOCKER_API_VERSION"}))},
        "docker to engine",
        "good: DOCKER_API_VERSION makes docker speak a version that this engine does not understand: "
        "client version 1.99 is too new. A sandbox has an engine of its own.",
    ),
    case(
        INSIDE,
        {"complaint": Found("client version 1.99 is too new."), "variables": Found(frozenset({"DOCKER_API_VERSION"}))},
        "docker to engine",
        "problem: DOCKER_API_VERSION makes docker speak a version that this engine does not understand: "
        "client version 1.99 is too new. > To let the two agree by themselves: > unset DOCKER_API_VERSION",
    ),
    case(
        ENGINE_ONLY,
        {
            "client": Found(Client("20.10.24+dfsg1", "1.41")),
            "variables": Found(frozenset({"DOCKER_CONTENT_TRUST"})),
        },
        "docker to engine",
        "problem: DOCKER_CONTENT_TRUST is set, so docker wants signed images, and the labs' are not signed. "
        "> For the labs: > unset DOCKER_CONTENT_TRUST",
    ),
    case(
        ENGINE_ONLY,
        {"variables": Found(frozenset({"DOCKER_CONTENT_TRUST"}))},
        "docker to engine",
        "problem: DOCKER_CONTENT_TRUST is set, so docker wants signed images, and the labs' are not signed. "
        "> For the labs: > unset DOCKER_CONTENT_TRUST",
    ),
    case(
        ENGINE_ONLY,
        {"complaint": Found("permission denied.")},
        "docker to engine",
        "problem: docker cannot talk to this engine, though labcheck can. It says: permission denied. "
        "> To see it for yourself: > docker version",
    ),
    case(ENGINE_ONLY, {"complaint": SLOW}, "docker to engine", "could not look: It did not answer within 5 s."),
    case(
        ENGINE_ONLY,
        {"default_platform": Found("linux/arm64")},
        "platform",
        "warning: DOCKER_DEFAULT_PLATFORM is linux/arm64, and this engine is linux/amd64: what is pulled might not "
        "run. > For the labs: > unset DOCKER_DEFAULT_PLATFORM",
    ),
    case(
        READY,
        {"client": Found(Client("", "", path="/usr/bin/docker"))},
        "docker command",
        "problem: /usr/bin/docker does not work: it cannot say its version. > To see why: > docker version",
    ),
    case(
        NOTHING,
        {"client": Absent(), "system": system(debian=13)},
        "docker command",
        "problem: There is no docker command here, and the course is about typing it. "
        "> To install it: > sudo apt-get install docker-cli",
    ),
    case(
        NOTHING,
        {"client": Absent(), "programs": without("dockerd"), "system": system(is_wsl=True)},
        "docker command",
        "problem: There is no docker command here, and the course is about typing it. "
        "> Start Docker Desktop on Windows, with its WSL integration switched on for this distribution.",
    ),
    case(
        NOTHING,
        {"client": Absent(), "system": system(kind="darwin")},
        "docker command",
        "problem: There is no docker command here, and the course is about typing it. "
        "> Install Docker Desktop; or Colima: > brew install colima docker",
    ),
    case(
        NOTHING,
        {"client": Absent(), "system": system(kind="win32")},
        "docker command",
        "problem: There is no docker command here, and the course is about typing it. > Install Docker Desktop.",
    ),
    case(
        READY,
        {"client": Found(Client("", "", is_podman=True))},
        "docker command",
        "warning: It is Podman's imitation, which prints and does some things differently. "
        "> Install Docker as its documentation says: docs.docker.com/engine/install.",
    ),
    case(
        READY,
        {"client": Absent()},
        "docker command",
        "problem: There is no docker command here, and the course is about typing it. "
        "> To install it: > apt-get install docker.io",
    ),
    case(READY, {"client": SLOW}, "docker command", "could not look: It did not answer within 5 s."),
    case(READY, {}, "image store", "good: Images are kept by overlay2."),
    case(
        READY,
        {"engine_info": info(Driver="overlayfs", DriverStatus=[["driver-type", "io.containerd.snapshotter.v1"]])},
        "image store",
        "good: Images are in the containerd store (overlayfs).",
    ),
    case(
        READY,
        {
            "engine_info": info(
                Driver="overlayfs",
                ServerVersion="24.0.7",
                DriverStatus=[["driver-type", "io.containerd.snapshotter.v1"]],
            )
        },
        "image store",
        "warning: The containerd store of this engine does not report pulls and pushes, so labcheck sees less. "
        "> Update Docker to version 25 or newer.",
    ),
    case(
        READY,
        {"engine_info": info(Driver="vfs")},
        "image store",
        "warning: Images are kept by vfs, which copies each of them whole: slow, and large. "
        "> Keep the engine's data on a local disk (ext4 or xfs).",
    ),
    # engine's host
    case(
        ENGINE_ONLY,
        {},
        "engine's host",
        "good: The engine is on this very machine, so localhost is the same for both.",
    ),
    case(
        ENGINE_ONLY,
        {"engine_info": info(Name="docker-desktop", OperatingSystem="Docker Desktop")},
        "engine's host",
        "good: The engine is in Docker Desktop's virtual machine, which passes published ports on.",
    ),
    case(
        ENGINE_ONLY,
        {"engine_info": info(Name="colima")},
        "engine's host",
        "good: The engine is in Colima's virtual machine, which passes published ports on.",
    ),
    case(
        ENGINE_ONLY,
        {"chosen": Found(Endpoint("ssh://ada@far.example", "DOCKER_HOST")), "engine_info": info(Name="far")},
        "engine's host",
        "warning: The engine is on far.example: its localhost:5000 is not the one that labcheck and curl reach here. "
        "> Run labcheck on far.example, or use an engine of this machine.",
    ),
    case(
        ENGINE_ONLY,
        {"system": system(is_container=True), "engine_info": info(Name="outside")},
        "engine's host",
        "warning: This is a container, and the engine is outside it: localhost:5000 is not the same for both. "
        "> Start this container with --network host, or run labcheck outside it.",
    ),
    case(
        ENGINE_ONLY,
        {"chosen": Found(Endpoint("tcp://localhost:2375", "DOCKER_HOST")), "engine_info": info(Name="far")},
        "engine's host",
        "warning: The engine says that it is on far, and this is desk: perhaps localhost is not the same for both. "
        "> If so, run labcheck on far.",
    ),
    case(
        ENGINE_ONLY,
        {"chosen": Found(Endpoint("tcp://desk.example:2375", "DOCKER_HOST")), "engine_info": info(Name="desk")},
        "engine's host",
        "good: The engine is on this very machine, so localhost is the same for both.",
    ),
    # sandbox
    case(READY, {}, "sandbox", "good: Everything that a sandbox needs is here; making one was tried, and worked."),
    case(
        READY,
        {"person": Found(ADA)},
        "sandbox",
        "good: Everything that a sandbox without root needs is here; making one was tried, and worked.",
    ),
    # sandbox without root
    case(
        NOTHING,
        {},
        "sandbox without root",
        "problem: Without root, a sandbox needs this. > Do that. Who looks after this machine can do that.",
    ),
    case(
        NOTHING,
        {"person": Found(ADA)},
        "sandbox without root",
        "problem: Without root, a sandbox needs this. > Do that. Or run it as root: put sudo before the command.",
    ),
    case(
        ENGINE_ONLY,
        {"person": Found(ADA)},
        "sandbox without root",
        "warning: Without root, a sandbox needs this. > Do that. Or run it as root: put sudo before the command.",
    ),
    case(NOTHING, {"rootless": SLOW}, "sandbox without root", "could not look: It did not answer within 5 s."),
    case(
        READY,
        {**NO_ENGINE, "person": Found(ADA), "kernel": Found(Kernel(namespaces=False, mounts=False, overlay=False))},
        "sandbox kernel",
        "problem: You cannot make namespaces here. "
        "> A container or a hardened machine can forbid it: run the course on the machine itself.",
    ),
    case(NOTHING, {"person": SLOW}, "sandbox", "could not look: It did not answer within 5 s."),
    case(
        NOTHING,
        {"system": system(kind="darwin")},
        "sandbox",
        "problem: A sandbox needs Linux. > Where a Docker engine answers, the course runs in a container of it.",
    ),
    case(
        ENGINE_ONLY,
        {"system": system(kind="darwin")},
        "sandbox",
        "warning: A sandbox needs Linux. > Where a Docker engine answers, the course runs in a container of it.",
    ),
    case(
        READY,
        {**NO_ENGINE, "programs": without("dockerd", "containerd", "runc")},
        "sandbox programs",
        "problem: dockerd, containerd and runc are not installed. > "
        "None of them has to run as a service. To install them: > apt-get install containerd docker.io runc",
    ),
    case(
        READY,
        {**NO_ENGINE, "programs": without("dockerd")},
        "sandbox programs",
        "problem: dockerd is not installed. > It does not have to run as a service. To install it: "
        "> apt-get install docker.io",
    ),
    case(
        READY,
        {"programs": without("nsenter")},
        "sandbox programs",
        "warning: nsenter is not installed. > To install it: > apt-get install util-linux",
    ),
    case(
        READY,
        {**NO_ENGINE, "programs": without("apt-get", "runc", "nsenter", "unshare", "iptables")},
        "sandbox programs",
        "problem: runc, iptables, unshare and nsenter are not installed. "
        "> Install Docker as its documentation says: docs.docker.com/engine/install. "
        "Install iptables and util-linux with this system's package manager.",
    ),
    case(READY, {"programs": SLOW}, "sandbox programs", "could not look: It did not answer within 5 s."),
    case(
        READY,
        {**NO_ENGINE, "kernel": Found(Kernel(namespaces=False, mounts=False, overlay=False))},
        "sandbox kernel",
        "problem: Root cannot make namespaces here. "
        "> A container or a hardened machine can forbid it: run the course on the machine itself.",
    ),
    case(
        READY,
        {"kernel": Found(Kernel(namespaces=True, mounts=False, overlay=False))},
        "sandbox kernel",
        "warning: Root cannot mount anything here. "
        "> A container or a hardened machine can forbid it: run the course on the machine itself.",
    ),
    case(
        READY,
        {**NO_ENGINE, "kernel": Found(Kernel(namespaces=True, mounts=True, overlay=False))},
        "sandbox kernel",
        "problem: The kernel has no overlay filesystem to keep images on. "
        "> Load it, or run the course on another machine: > modprobe overlay",
    ),
    case(
        READY,
        {
            **NO_ENGINE,
            "kernel": Found(Kernel(namespaces=True, mounts=True, overlay=True, firewall=False, bridge=False)),
        },
        "sandbox kernel",
        "problem: Root cannot use iptables here, and an engine needs it to publish ports. "
        "> A container or a hardened machine can forbid it: run the course on the machine itself.",
    ),
    case(
        READY,
        {"kernel": Found(Kernel(namespaces=True, mounts=True, overlay=True, firewall=True, bridge=False))},
        "sandbox kernel",
        "warning: Root cannot make a network for containers here. "
        "> A container or a hardened machine can forbid it: run the course on the machine itself.",
    ),
    case(READY, {"kernel": SLOW}, "sandbox kernel", "could not look: It did not answer within 5 s."),
    case(
        READY,
        {**NO_ENGINE, "cgroups": Absent()},
        "control groups",
        "problem: No control groups are mounted, and an engine needs them. "
        "> A container or a hardened machine can forbid it: run the course on the machine itself.",
    ),
    case(
        READY,
        {"cgroups": Found(Cgroups(2, writable=False))},
        "control groups",
        "warning: Control groups are read-only here, and an engine must make its own. "
        "> A container or a hardened machine can forbid it: run the course on the machine itself.",
    ),
    case(READY, {"cgroups": SLOW}, "control groups", "could not look: It did not answer within 5 s."),
    # course images
    case(READY, {}, "course images", "good: They are built (4)."),
    case(
        READY,
        {"course_images": Absent()},
        "course images",
        "warning: They are not built yet. > The first start builds them from this machine's package sources. "
        "To do it now: > labcheck images build",
    ),
    case(
        READY,
        {**NO_ENGINE, "course_images": Absent(), "programs": without("apt-get")},
        "course images",
        "problem: They are not built, and this machine has no apt to build them with. "
        "> Build them on Debian or Ubuntu, and bring them here in a file: "
        "> labcheck images save FILE > labcheck images load FILE",
    ),
    case(
        ENGINE_ONLY,
        {"course_images": Absent()},
        "course images",
        "good: They are not built yet. Without a sandbox they are not needed.",
    ),
    case(READY, {"course_images": SLOW}, "course images", "could not look: It did not answer within 5 s."),
    # disk and memory
    case(READY, {}, "disk", "good: 50 GB are free in /home/ada/.local/share/labcheck."),
    case(
        READY,
        {"course_home": Found(Room("/mnt/usb", 50 * GIGA, writable=False))},
        "disk",
        "problem: You cannot write in /mnt/usb. > Choose a folder that you can write in, for instance: "
        "> export LABCHECK_HOME=/home/ada/labcheck",
    ),
    case(
        READY,
        {"course_home": Absent()},
        "disk",
        "problem: You cannot write in the course's home. > Choose a folder that you can write in, for instance: "
        "> export LABCHECK_HOME=/home/ada/labcheck",
    ),
    case(
        READY,
        {
            "course_home": Found(Room("/etc/passwd/x", 50 * GIGA, writable=False, is_folder=False)),
            "other_home": Absent(),
        },
        "disk",
        "problem: /etc/passwd/x cannot be a folder: a file is in the way. "
        "> Set LABCHECK_HOME to a folder that you can write in.",
    ),
    case(
        READY,
        {"course_home": Found(Room("/tiny", 0))},
        "disk",
        "problem: There is not enough space in /tiny. > Free some space there.",
    ),
    case(READY, {"course_home": SLOW}, "disk", "could not look: It did not answer within 5 s."),
    case(
        READY,
        {**NO_ENGINE, "course_home": Found(Room("/small", 100 * MEGA))},
        "sandbox's disk",
        "problem: Only 100 MB are free in /small, and a sandbox needs 500 MB. "
        "> Free some space there, or set LABCHECK_HOME to a folder on a larger disk.",
    ),
    case(
        READY,
        {"course_home": Found(Room("/small", 800 * MEGA))},
        "sandbox's disk",
        "warning: Only 800 MB are free in /small; that is enough to begin with. > Free some space there before long.",
    ),
    case(
        READY,
        {"course_home": Found(Room("/far", 50 * GIGA, filesystem="nfs4"))},
        "sandbox's disk",
        "warning: /far is on nfs4, where an engine probably cannot keep images. "
        "> Set LABCHECK_HOME to a folder on a local disk (ext4 or xfs).",
    ),
    case(ENGINE_ONLY, {}, "engine's disk", "good: 50 GB are free in /var/lib/docker."),
    case(
        ENGINE_ONLY,
        {"engine_data": Found(Room("/var/lib/docker", 100 * MEGA))},
        "engine's disk",
        "warning: Only 100 MB are free in /var/lib/docker, so a pull can fail. "
        "> Free some space there. What images and containers take: > docker system df",
    ),
    case(READY, {}, "memory", "good: 8.0 GB are free."),
    case(
        READY,
        {"free_memory": Found(200 * MEGA)},
        "memory",
        "warning: Only 200 MB are free. > Close some programs, or use a machine with more memory.",
    ),
    case(READY, {"free_memory": SLOW}, "memory", "could not look: It did not answer within 5 s."),
    # software
    case(READY, {}, "Python", "good: Version 3.11.2."),
    case(READY, {"software": SLOW}, "Python", "could not look: It did not answer within 5 s."),
    case(READY, {}, "JupyterLab", "good: Version 4.4.1."),
    case(
        READY,
        {"software": Found(Software("3.11.2", "/opt/bin/python", "labcheck", "", "jupyterlab<5,>=4.4"))},
        "JupyterLab",
        "warning: It is not installed beside labcheck; the notebooks need it. "
        "> To install it: > /opt/bin/python -m pip install 'jupyterlab<5,>=4.4'",
    ),
    case(
        READY,
        {"software": Found(Software("3.11.2", "/opt/bin/python", "labcheck", "3.6.8", "jupyterlab<5,>=4.4"))},
        "JupyterLab",
        "warning: Version 3.6.8 is older than the course was made for. "
        "> To update it: > /opt/bin/python -m pip install 'jupyterlab<5,>=4.4'",
    ),
    case(
        READY,
        {"software": Found(Software("3.11.2", "/opt/bin/python", "labcheck", "5.0.1", "jupyterlab<5,>=4.4"))},
        "JupyterLab",
        "warning: Version 5.0.1 is newer than the course was made for. "
        "> To install one that fits: > /opt/bin/python -m pip install 'jupyterlab<5,>=4.4'",
    ),
    # localhost
    case(
        READY,
        {"loopback": Found(Localhost(("127.0.0.1",), has_ipv4=False, has_ipv6=False))},
        "localhost",
        "problem: This machine does not reach itself at 127.0.0.1, and the course needs that. "
        "> To switch it on: > ip link set lo up",
    ),
    case(READY, {}, "localhost", "good: It is 127.0.0.1 and, with IPv6, ::1."),
    case(
        READY,
        {"loopback": Found(Localhost(("127.0.0.1",), has_ipv4=True, has_ipv6=False))},
        "localhost",
        "good: It is 127.0.0.1; IPv6 is off here.",
    ),
    case(
        READY,
        {"loopback": Found(Localhost(("::1",), has_ipv4=True, has_ipv6=True))},
        "localhost",
        "warning: The name localhost leads to ::1 only. > A registry published on IPv4 cannot be found by that name. "
        "/etc/hosts should have the line: > 127.0.0.1 localhost",
    ),
    case(
        READY,
        {"loopback": Found(Localhost((), has_ipv4=True, has_ipv6=True))},
        "localhost",
        "warning: The name localhost leads nowhere. > A registry published on IPv4 cannot be found by that name. "
        "/etc/hosts should have the line: > 127.0.0.1 localhost",
    ),
    case(READY, {"loopback": SLOW}, "localhost", "could not look: It did not answer within 5 s."),
    # port 5000
    case(READY, {}, "port 5000", "good: A sandbox has its own."),
    case(
        READY,
        {"listeners": Found((Listener("nginx", 12),))},
        "port 5000",
        "good: A sandbox has its own. nginx (process 12) listens on it outside, which does not matter.",
    ),
    case(ENGINE_ONLY, {}, "port 5000", "good: It is free."),
    case(INSIDE, {}, "port 5000", "good: It is free."),
    case(
        ENGINE_ONLY,
        {
            "publishing": Found(("my-registry",)),
            "listeners": Found((Listener("docker-proxy", 9),)),
            "answering": Found(Pong(is_registry=True, status=200, server="")),
        },
        "port 5000",
        "good: The container my-registry publishes it, and a registry answers.",
    ),
    case(
        INSIDE,
        {"publishing": Found(("web",)), "answering": Found(Pong(is_registry=False, status=404, server="nginx"))},
        "port 5000",
        "warning: The container web publishes it, so a lab's registry cannot use it. "
        "> If you are done with it: > docker stop web",
    ),
    case(
        ENGINE_ONLY,
        {
            "system": system(kind="darwin"),
            "listeners": Unknown("This system does not tell.", NotSupported()),
            "answering": Found(Pong(is_registry=False, status=403, server="AirTunes/775.3.1")),
        },
        "port 5000",
        "warning: AirPlay Receiver of macOS holds it, so a lab's registry cannot use it. "
        "> Switch AirPlay Receiver off in System Settings, under General, AirDrop & Handoff.",
    ),
    case(
        ENGINE_ONLY,
        {
            "listeners": Found((Listener("registry", 77),)),
            "answering": Found(Pong(is_registry=True, status=200, server="")),
        },
        "port 5000",
        "warning: registry (process 77) listens on it (a registry), so a lab's registry cannot use it. "
        "> If it is yours, end it: > kill 77",
    ),
    case(
        ENGINE_ONLY,
        {"listeners": Found((Listener(),)), "answering": SLOW},
        "port 5000",
        "warning: Another program listens on it, so a lab's registry cannot use it. "
        "> To see which: > sudo ss -ltnp 'sport = :5000'",
    ),
    case(
        ENGINE_ONLY,
        {
            "system": system(kind="darwin"),
            "listeners": Unknown("This system does not tell.", NotSupported()),
            "answering": Found(Pong(is_registry=False, status=200, server="")),
        },
        "port 5000",
        "warning: Another program listens on it, so a lab's registry cannot use it. "
        "> To see which: > sudo lsof -nP -iTCP:5000 -sTCP:LISTEN",
    ),
    case(
        ENGINE_ONLY,
        {"listeners": SLOW, "answering": SLOW},
        "port 5000",
        "could not look: It did not answer within 5 s.",
    ),
    case(
        ENGINE_ONLY,
        {"listeners": Found((Listener("docker-proxy", 77),)), "answering": SLOW},
        "port 5000",
        "warning: docker-proxy (process 77) holds it, probably for a container of another engine, "
        "so a lab's registry cannot use it. > Stop that container. To see which engines there are: "
        "> docker context ls",
    ),
    case(
        ENGINE_ONLY,
        {"listeners": Found((Listener("systemd", 1),)), "answering": SLOW},
        "port 5000",
        "warning: systemd (process 1) holds it for a service, so a lab's registry cannot use it. "
        "> To see more: > sudo ss -ltnp 'sport = :5000'",
    ),
    # proxies
    case(
        ENGINE_ONLY,
        {"proxies": Found(proxies_of({"HTTPS_PROXY": "http://ada:secret@proxy.example:3128"}))},
        "proxy",
        "good: HTTPS_PROXY sends requests to proxy.example:3128, but only those for HTTPS; "
        "localhost:5000 is asked directly.",
    ),
    case(
        ENGINE_ONLY,
        {"proxies": Found(proxies_of({"HTTPS_PROXY": "http://a.example:1", "ALL_PROXY": "socks5://b.example:2"}))},
        "proxy",
        "warning: ALL_PROXY sends requests to b.example:2, even curl's and Python's requests to localhost, and "
        "they find no registry there. > To leave localhost out: "
        "> export NO_PROXY=localhost,127.0.0.1,::1 no_proxy=localhost,127.0.0.1,::1",
    ),
    case(
        ENGINE_ONLY,
        {"proxies": Found(PROXY)},
        "proxy",
        "warning: http_proxy sends requests to proxy.example:3128, even curl's and Python's requests to localhost, "
        "and they find no registry there. > To leave localhost out: "
        "> export NO_PROXY=intern.example,localhost,127.0.0.1,::1 no_proxy=intern.example,localhost,127.0.0.1,::1",
    ),
    case(
        ENGINE_ONLY,
        {"proxies": Found(proxies_of({"HTTP_PROXY": "proxy.example:3128"}))},
        "proxy",
        "warning: HTTP_PROXY sends requests to proxy.example:3128, even Python's requests to localhost, "
        "and they find no registry there. > To leave localhost out: "
        "> export NO_PROXY=localhost,127.0.0.1,::1 no_proxy=localhost,127.0.0.1,::1",
    ),
    case(
        ENGINE_ONLY,
        {"proxies": Found(proxies_of({"http_proxy": "http://proxy.example:3128", "NO_PROXY": "a.example, localhost"}))},
        "proxy",
        "good: http_proxy sends requests to proxy.example:3128, but not those for localhost.",
    ),
    case(
        READY,
        {"proxies": Found(PROXY)},
        "proxy",
        "good: http_proxy sends requests to proxy.example:3128; inside a sandbox localhost is left out.",
    ),
    case(
        ENGINE_ONLY,
        {"engine_info": info(HttpProxy="http://xxxxx:xxxxx@proxy.example:3128")},
        "engine's proxy",
        "good: The engine pulls and pushes through proxy.example:3128; it asks registries at localhost directly.",
    ),
    # registries
    case(ENGINE_ONLY, {}, "insecure registries", "good: Only registries at localhost are asked without HTTPS."),
    case(
        ENGINE_ONLY,
        {
            "engine_info": info(
                RegistryConfig={
                    "InsecureRegistryCIDRs": ["127.0.0.0/8", "10.0.0.0/8"],
                    "IndexConfigs": {"lab.example:5000": {"Name": "lab.example:5000", "Secure": False}},
                }
            )
        },
        "insecure registries",
        "good: Besides those at localhost: lab.example:5000, 10.0.0.0/8.",
    ),
    case(
        ENGINE_ONLY,
        {"engine_info": info(RegistryConfig={"InsecureRegistryCIDRs": ["127.0.0.0/8", "0.0.0.0/0"]})},
        "insecure registries",
        "warning: This engine asks any registry without HTTPS, so images can be changed on their way. "
        '> In "insecure-registries" of /etc/docker/daemon.json, name only the registries that need it.',
    ),
    case(
        ENGINE_ONLY,
        {"settings": Found(Settings("/home/ben/.docker/config.json", "pass"))},
        "credential store",
        "good: Passwords are kept by pass.",
    ),
    case(
        ENGINE_ONLY,
        {"settings": Found(Settings("/home/ben/.docker/config.json", "desktop", (), ("docker-credential-desktop",)))},
        "credential store",
        "warning: /home/ben/.docker/config.json names docker-credential-desktop, which is not there, so docker run and "
        'docker login can fail. > Install that program, or remove "credsStore" from the file.',
    ),
    case(
        ENGINE_ONLY,
        {
            "settings": Found(
                Settings("/home/ben/.docker/config.json", "", (("a.example", "gone"),), ("docker-credential-gone",))
            )
        },
        "credential store",
        "warning: /home/ben/.docker/config.json names docker-credential-gone, which is not there, so docker run and "
        'docker login fail for a.example. > Install that program, or remove a.example from "credHelpers" in the file.',
    ),
    case(
        READY,
        {"settings": Found(Settings("/root/.docker/config.json", "desktop", (), ("docker-credential-desktop",)))},
        "credential store",
        "good: /root/.docker/config.json names docker-credential-desktop, which is not there. "
        "A sandbox has settings of its own.",
    ),
    case(
        ENGINE_ONLY,
        {"settings": Found(Settings("/ben.json", "pass", (("a.example", "gone"),), ("docker-credential-gone",)))},
        "credential store",
        "warning: /ben.json names docker-credential-gone, which is not there, so docker run and docker login fail for "
        'a.example. > Install that program, or remove a.example from "credHelpers" in the file.',
    ),
    case(
        ENGINE_ONLY,
        {"settings": Found(Settings("/ben.json", "pass", (), ("pass",)))},
        "credential store",
        "warning: /ben.json names pass, which is not there, so docker run and docker login can fail. "
        '> Install that program, or remove "credsStore" from the file.',
    ),
    case(
        ENGINE_ONLY,
        {"settings": Found(Settings("/home/ben/my docker/config.json", trouble="damaged"))},
        "docker settings",
        "warning: /home/ben/my docker/config.json is damaged, so docker works without its settings, and says so each "
        "time. > To put the file aside: "
        "> mv '/home/ben/my docker/config.json' '/home/ben/my docker/config.json'.damaged",
    ),
    case(
        ENGINE_ONLY,
        {"settings": Found(Settings("/home/ben/.docker/config.json", trouble="closed"))},
        "docker settings",
        "warning: You cannot read /home/ben/.docker/config.json, so docker works without its settings, and says so "
        "each time. > To make it yours: > sudo chown -R ben /home/ben/.docker",
    ),
    case(
        READY,
        {"settings": Found(Settings("/root/.docker/config.json", trouble="damaged"))},
        "docker settings",
        "good: /root/.docker/config.json is damaged. A sandbox has settings of its own.",
    ),
    case(READY, {"settings": SLOW}, "docker settings", "could not look: It did not answer within 5 s."),
    case(READY, {}, "Docker Hub", "good: It answers; 96 of 100 pulls per 6 hours are left for this network."),
    case(READY, {"pulls": Found(Hub())}, "Docker Hub", "good: It answers."),
    *(
        case(
            READY,
            {"pulls": Found(Hub(100, 96, window))},
            "Docker Hub",
            f"good: It answers; 96 of 100 pulls{per} are left for this network.",
        )
        for window, per in ((None, ""), (120, " per 2 minutes"), (60, " per 1 minute"), (30, " per 30 seconds"))
    ),
    case(
        READY,
        {"pulls": Found(Hub(100, 0, 3600))},
        "Docker Hub",
        "warning: It answers, but no pull without an account is left for this network. The count starts again "
        "after 1 hour. > To use the course images until then: > export LABCHECK_IMAGES=course",
    ),
    case(
        ENGINE_ONLY,
        {"pulls": Found(Hub(100, 0))},
        "Docker Hub",
        "warning: It answers, but no pull without an account is left for this network. "
        "> With an account there are more: > docker login",
    ),
    case(
        READY,
        {"programs": without("slirp4netns")},
        "Docker Hub",
        "warning: It answers here, but not inside a sandbox: slirp4netns is not installed. The course images are used. "
        "> To install it: > apt-get install slirp4netns",
    ),
    case(
        READY,
        {"programs": without("slirp4netns", "apt-get")},
        "Docker Hub",
        "warning: It answers here, but not inside a sandbox: slirp4netns is not installed. The course images are used. "
        "> Install slirp4netns with this system's package manager.",
    ),
    case(
        READY,
        {"pulls": Absent()},
        "Docker Hub",
        "warning: It cannot be reached from here. > The course images are used instead.",
    ),
    case(
        ENGINE_ONLY,
        {"pulls": Absent()},
        "Docker Hub",
        "warning: It cannot be reached from here. > docker pull will find nothing new.",
    ),
    case(
        READY,
        {"pulls": Unknown("Docker Hub answered with an error (503).", ServerError(503))},
        "Docker Hub",
        "could not look: Docker Hub answered with an error (503). > The course images are used instead.",
    ),
    case(
        READY,
        {"image_source": Found("course")},
        "Docker Hub",
        "good: It is not needed: LABCHECK_IMAGES chooses the course images.",
    ),
    case(
        READY,
        {"image_source": Found("http://class.example:5000")},
        "Docker Hub",
        "good: It is not needed: LABCHECK_IMAGES chooses another registry.",
    ),
    case(
        INSIDE,
        {"pulls": Absent()},
        "Docker Hub",
        "good: It is not needed: the sandbox has a mirror with the course's images.",
    ),
    # what it all comes to
    case(
        READY,
        {},
        "course",
        "good: The course can run here, in a sandbox with an engine of its own. > To begin: > labcheck start",
    ),
    case(INSIDE, {}, "course", "good: The course runs here: this is a sandbox. > To see where you are: > labcheck"),
    case(
        INSIDE,
        NO_ENGINE,
        "course",
        "problem: The course cannot run here: this is a sandbox, and its engine does not answer. "
        "> In the course its engine starts again by itself, within seconds. If not, press Ctrl-C where labcheck start "
        "was typed, then open the course again. What you did is kept: > labcheck start",
    ),
    case(
        ENGINE_ONLY,
        {},
        "course",
        "good: The course can run here, in a container of the Docker engine that you have. "
        "> To begin; it says first what such a container may do: > labcheck start",
    ),
    case(
        ENGINE_ONLY,
        NO_NOTEBOOKS,
        "course",
        "good: The course can run here, in a container of the Docker engine that you have. "
        "> To begin; it says first what such a container may do: > labcheck start",
    ),
    case(
        ENGINE_ONLY,
        {},
        "container",
        "good: The course can run in a container of this engine, which needs nothing else here.",
    ),
    case(
        ENGINE_ONLY,
        ROOTLESS,
        "container",
        "warning: This Docker engine runs without root, and a container of it cannot hold another engine. "
        "> Choose another engine with docker context use, or run the course on Linux.",
    ),
    case(
        ENGINE_ONLY,
        {"engine_version": Found(PODMAN)},
        "container",
        "warning: Podman answers in Docker's place, and the course's container was never tried with it. "
        "> Choose another engine with docker context use, or run the course on Linux.",
    ),
    case(
        ENGINE_ONLY,
        ROOTLESS,
        "course",
        "warning: The course can run here, with the Docker engine that you have. "
        "> Note that the labs remove images: docker image prune -a removes all images that no container uses, and this "
        "engine has 42. To begin: > labcheck start --engine host",
    ),
    case(
        ENGINE_ONLY,
        {
            "person": Found(replace(ROOT, is_behind_sudo=True)),
            "kernel": Found(Kernel(namespaces=False, mounts=False, overlay=False)),
            "engine_info": info(Images=0, SecurityOptions=["name=rootless"]),
        },
        "course",
        "warning: The course can run here, with the Docker engine that you have. "
        "> Note that the labs remove images: docker image prune -a removes all images that no container uses. "
        "To begin without sudo: > labcheck start --engine host",
    ),
    case(
        ENGINE_ONLY,
        {**NO_NOTEBOOKS, **ROOTLESS},
        "course",
        "warning: The labs can be done with the engine that is here: type the commands, and labcheck looks at what "
        "they did. > Note that the labs remove images: docker image prune -a removes all images that no container "
        "uses, and this engine has 42. To see how a lab stands: > labcheck check push-and-pull",
    ),
    case(
        READY,
        NO_NOTEBOOKS,
        "course",
        "warning: The labs can be done here, in a sandbox with an engine of its own; the notebooks need JupyterLab. "
        "> To begin without them: > labcheck sandbox run -- bash",
    ),
    case(
        INSIDE,
        {"complaint": Found("client version 1.99 is too new.")},
        "course",
        "problem: The course cannot run here yet. > Solve the problems above, then look again: > labcheck doctor",
    ),
    case(
        INSIDE,
        {**NO_ENGINE, **BY_HAND},
        "course",
        "problem: The course cannot run here yet. > Solve the problems above, then look again: > labcheck doctor",
    ),
    case(
        NOTHING,
        {},
        "course",
        "problem: The course cannot run here yet. One of two things is enough: a sandbox, or an engine that answers. "
        "> Solve the problems of one of them, then look again: > labcheck doctor",
    ),
    case(
        NOTHING,
        {"person": Found(ADA)},
        "course",
        "problem: The course cannot run here yet. One of two things is enough: a sandbox, or an engine that answers. "
        "> To see whether root can make a sandbox here: > sudo /usr/bin/labcheck doctor",
    ),
    case(
        READY,
        {"client": Absent()},
        "course",
        "problem: The course cannot run here yet. > Solve the problems above, then look again: > labcheck doctor",
    ),
    case(
        READY,
        {**NO_ENGINE, "kernel": SLOW},
        "course",
        "could not look: Whether the course can run here could not be seen. "
        "> Look again when this machine has less to do: > labcheck doctor",
    ),
]
