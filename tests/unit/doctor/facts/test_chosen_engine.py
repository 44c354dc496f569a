"""Where an engine is, for people."""

from __future__ import annotations

import pytest

from labcheck.doctor.facts.chosen_engine import host
from labcheck.observe.engine.endpoint import Endpoint


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
