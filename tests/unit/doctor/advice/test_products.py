"""Whose socket it is, by where it lies."""

from __future__ import annotations

import pytest

from labcheck.doctor.advice.products import product as product_of


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
    assert product_of(path) == product
