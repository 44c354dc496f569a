"""Which names and addresses lead to this very machine, and to no other."""

from __future__ import annotations

import pytest

from labcheck.loopback import NAMES, is_local


@pytest.mark.parametrize("host", [*NAMES, "127.9.9.9", "::1%lo", "0:0:0:0:0:0:0:1"])
def test_this_machine_is_known_without_asking_anybody(host: str) -> None:
    assert is_local(host)


@pytest.mark.parametrize("host", ["", "Localhost", "localhost.example", "x.localhost", "128.0.0.1", "::2", "a"])
def test_whatever_else_is_another_machine(host: str) -> None:
    assert not is_local(host)
