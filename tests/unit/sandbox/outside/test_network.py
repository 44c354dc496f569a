"""Whether a sandbox has a way out: a route, the program that carries it, and the device that it needs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from labcheck.sandbox import programs
from labcheck.sandbox.driver import Driver
from labcheck.sandbox.outside import network

HEAD = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
DEFAULT = "eth0\t00000000\t010011AC\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"
LOCAL = "eth0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n"
LOOPBACK = LOCAL.replace("eth0", "lo")


ALL = ("slirp4netns", "tun")


@pytest.mark.parametrize(
    ("routes", "there", "leads"),
    [
        (DEFAULT + LOCAL, ALL, True),
        (LOCAL, ALL, True),
        (LOOPBACK, ALL, False),
        (DEFAULT, ["tun"], False),
        (DEFAULT, ["slirp4netns"], False),
    ],
)
def test_a_way_out_needs_all_three(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, routes: str, there: Sequence[str], *, leads: bool
) -> None:
    (tmp_path / "route").write_text(HEAD + routes)
    for name in there:
        (tmp_path / name).touch(mode=0o755)
    monkeypatch.setattr(network, "ROUTES", tmp_path / "route")
    monkeypatch.setattr(network, "TUN", tmp_path / "tun")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(programs, "_SYSTEM", ())
    assert network.outbound(Driver.ROOTLESS) is leads
