"""What Docker prints when all is well, or when something else is wrong, is never called one of these mistakes."""

from __future__ import annotations

import pytest

from labcheck.mistake import explain

WELL = {
    "a push": """The push refers to repository [localhost:5000/nginx]
2de083929d0e: Pushed
9dd69ab47317: Layer already exists
latest: digest: sha256:57f115f1f6b54cfed2de961417ee972649f8c3d491c43b5c25f385adc0102fa3 size: 949
""",
    "a pull": """Using default tag: latest
latest: Pulling from library/nginx
6791750ac050: Pull complete
Digest: sha256:9b76e3e11fff93d35bbf6c2f5055e650bdb2f36a058481111450bf7b709d2280
Status: Downloaded newer image for nginx:latest
docker.io/library/nginx:latest
""",
    "a prune": """WARNING! This will remove all images without at least one container associated to them.
Are you sure you want to continue? [y/N] Deleted Images:
untagged: nginx:latest

Total reclaimed space: 10B
""",
    "a prune after which all space is back": "Deleted Images:\nuntagged: nginx:v1\n\nTotal reclaimed space: 0B\n",
    "a removal": "Untagged: nginx:latest\nDeleted: sha256:a5ee45c07dcb\n",
    "a catalog": '{"repositories":["httpd","nginx"]}\n',
    "a container's list": "CONTAINER ID   IMAGE   COMMAND   NAMES\n62bfbe85724e   httpd   httpd   web\n",
    "a login": "Login Succeeded\n",
}
OTHERS = {
    "a name that has httpd in it": (
        "Error response from daemon: No such image: localhost:5000/httpd:latest",
        "no-such-image",
    ),
    "a name that begins with a slip": (
        "Error response from daemon: No such image: http-server:latest",
        "no-such-image",
    ),
    "a slip that is a registry's host": (
        "Error response from daemon: No such image: http:5000/nginx:v1",
        "no-such-image",
    ),
    "a registry elsewhere that is down": (
        'Get "http://localhost:5000/v2/": dial tcp 127.0.0.1:5000: connect: connection refused',
        "registry-not-answering",
    ),
    "Docker Hub by its address": (
        'Get "https://registry-1.docker.io/v2/": dial tcp 192.0.2.1:443: connect: connection refused',
        "docker-hub-unreachable",
    ),
    "an old client's count of arguments": ('"docker tag" requires exactly 2 arguments.', "number-of-names"),
    "no login, at a pull": (
        'Head "http://localhost:5001/v2/nginx/manifests/latest": no basic auth credentials',
        "registry-wants-password",
    ),
}


@pytest.mark.parametrize("said", WELL)
def test_what_went_well_is_no_mistake(said: str) -> None:
    assert explain(WELL[said]) is None


@pytest.mark.parametrize("said", OTHERS)
def test_a_near_miss_is_what_it_is(said: str) -> None:
    text, name = OTHERS[said]
    found = explain(text)
    assert found is not None
    assert found[0] == name


def test_an_address_asked_for_a_password_is_named() -> None:
    found = explain(OTHERS["no login, at a pull"][0])
    assert found is not None
    assert found[1].fix.advice == "Type docker login localhost:5001, then the command again."
