"""A docker run in the words of a command line: whether it comes back, and how it is typed so that it does."""

from __future__ import annotations

import shlex

import pytest

from labcheck.notebook.foreground import understood


@pytest.mark.parametrize(
    "typed",
    [
        "docker run -d registry:2",
        "docker run -p 5000:5000 --name my-registry --detach registry:2",
        "docker run --detach=true registry:2",
        "docker container run -itd --name=x registry:2",
        "docker run --rm -dp 5000:5000 registry:2",
    ],
)
def test_with_d_it_comes_back(typed: str) -> None:
    run = understood(shlex.split(typed))
    assert run is not None
    assert run.is_detached


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        (
            "docker run --name my-registry -p 5000:5000 registry:2",
            ["docker rm -f my-registry", "docker run -d --name my-registry -p 5000:5000 registry:2"],
        ),
        ("/usr/bin/docker run -p 5000:5000 registry:2", ["docker run -d -p 5000:5000 registry:2"]),
        (
            "docker container run --rm --name=x busybox sleep -d",
            ["docker container run -d --rm --name=x busybox sleep -d"],
        ),
        ("docker run -e -d busybox top", ["docker run -d -e -d busybox top"]),
        ("docker run -it --name 'it is' busybox", ["docker rm -f 'it is'", "docker run -d -it --name 'it is' busybox"]),
    ],
)
def test_without_d_it_is_typed_with_d(typed: str, instead: list[str]) -> None:
    run = understood(shlex.split(typed))
    assert run is not None
    assert not run.is_detached
    assert list(run.in_the_background) == instead


@pytest.mark.parametrize("typed", ["docker pull run", "docker exec -d x run", "podman ps", "run", "docker"])
def test_other_commands_are_none(typed: str) -> None:
    assert understood(shlex.split(typed)) is None
