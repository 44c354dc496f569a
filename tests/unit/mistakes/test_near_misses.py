"""Messages that look like a mistake's and are of another cause: what is not certain is not named."""

from __future__ import annotations

import pytest

from labcheck.mistake import explain

HUB = 'Error response from daemon: Get "https://registry-1.docker.io/v2/": '
NEAR = {
    "docker's own options, misspelt": (
        "unknown flag: --nmae\n\nUsage:  docker run [OPTIONS] IMAGE [COMMAND] [ARG...]\n",
        "options-after-image",
    ),
    "another program's options": (
        "error: unknown flag: --nmae\nSee 'kubectl apply --help' for usage.",
        "unknown-option",
    ),
    "curl to another machine": (
        "curl: (7) Failed to connect to proxy.example port 3128 after 1 ms: Couldn't connect to server",
        "registry-not-answering",
    ),
    "curl to a name nobody knows": ("curl: (6) Could not resolve host: localhots", "registry-not-answering"),
    "curl that took too long": (
        "curl: (28) Failed to connect to localhost port 5000 after 130000 ms: Connection timed out",
        "registry-not-answering",
    ),
    "Docker Hub behind an inspecting proxy": (
        HUB + "x509: certificate signed by unknown authority",
        "certificate-not-trusted",
    ),
    "Docker Hub that breaks off": (HUB + "EOF", "connection-reset"),
    "a clock that is wrong": (
        'Get "https://registry.example:5000/v2/": x509: certificate has expired or is not yet valid',
        "certificate-not-trusted",
    ),
    "a registry that says too many requests": (
        "received unexpected HTTP status: 429 Too Many Requests",
        "registry-error",
    ),
    "an image that is in the way": (
        'conflict: unable to remove repository reference "nginx" (must force) - container 0123456789ab is using it',
        "container-name-taken",
    ),
    "another name that is taken": (
        "Error response from daemon: network with name mine already exists",
        "container-name-taken",
    ),
    "an image that is not there": ("Error response from daemon: No such image: nginx:latest", "no-such-container"),
    "a policy with a number": (
        "invalid restart policy: maximum retry count cannot be negative",
        "unknown-restart-policy",
    ),
    "a port nobody may have": (
        "Error starting userland proxy: listen tcp4 0.0.0.0:80: bind: permission denied",
        "port-held-by-program",
    ),
    "a registry that forbids": (
        "error parsing HTTP 403 response body: invalid character 'd' looking for beginning of value: \"denied\"",
        "airplay-receiver",
    ),
    "a registry that answers in plain text": (
        "error parsing HTTP 404 response body: invalid character 'p' after top-level value: \"404 page not found\"",
        "not-a-registry",
    ),
    "a login to Docker Hub": (
        "Get https://registry-1.docker.io/v2/: unauthorized: incorrect username or password",
        "wrong-password",
    ),
}


@pytest.mark.parametrize("near", NEAR)
def test_a_near_miss_is_not_named(near: str) -> None:
    said, name = NEAR[near]
    told = explain(said)
    assert told is None or told[0] != name


OTHERS = {
    "port-held-by-container": (
        "docker: Error response from daemon: failed to set up container networking: driver failed programming external "
        "connectivity on endpoint my-registry (0f1e2d3c): Bind for 0.0.0.0:5000 failed: port is already allocated"
    ),
    "port-held-by-program": (
        "docker: Error response from daemon: failed to set up container networking: driver failed programming external "
        "connectivity on endpoint my-registry (0f1e2d): failed to bind host port for 0.0.0.0:5000:172.17.0.2:5000/tcp: "
        "address already in use"
    ),
}


DESKTOP = (
    "docker: Error response from daemon: ports are not available: exposing port TCP 0.0.0.0:5000 -> 127.0.0.1:0: "
    "listen tcp 0.0.0.0:5000: bind: address already in use"
)


def test_docker_desktops_words_are_known_too() -> None:
    told = explain(DESKTOP)
    assert told is not None
    assert told[0] == "port-held-by-program"
    assert "port 5000" in told[1].why


@pytest.mark.parametrize("name", ["registry:9", "docker.io/library/registry:9"])
def test_a_version_that_docker_hub_does_not_have(name: str) -> None:
    told = explain(f"Error response from daemon: manifest for {name} not found: manifest unknown: manifest unknown")
    assert told is not None
    assert told[0] == "manifest-unknown"
    assert "Docker Hub has no " in told[1].why
    assert "with the tag 9" in told[1].why


def test_a_registry_that_only_docker_hub_s_absence_keeps_away_is_not_called_unknown() -> None:
    told = explain(f"Unable to find image 'registry:2' locally\n{HUB}dial tcp: i/o timeout")
    assert told is not None
    assert told[0] == "docker-hub-unreachable"
    assert "has no registry:2" not in told[1].why


@pytest.mark.parametrize("name", OTHERS)
def test_other_engines_words_are_known_too(name: str) -> None:
    told = explain(OTHERS[name])
    assert told is not None
    assert told[0] == name
    assert "port 5000" in told[1].why
    assert "docker start my-registry" in told[1].fix.advice
