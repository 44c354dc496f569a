"""The products that bring an engine, as the address of its socket shows, and what starts each."""

from __future__ import annotations

from collections.abc import Mapping

from labcheck.mistake import Facts, explains, facts

STARTS = {
    "/.colima/": "Type colima start",
    "/.orbstack/": "Open OrbStack",
    "/.rd/": "Open Rancher Desktop",
    "/.docker/": "Open Docker Desktop",
    "/pipe/docker": "Open Docker Desktop",
}
"""What starts a product's engine, by a part of its socket's address."""


@explains("engine-not-running")
def engine_not_running(said: Mapping[str, str]) -> Facts:
    """What starts the engine that is usually there."""
    return facts(start=started_by(said["address"]))


def started_by(address: str) -> str:
    """What starts the product whose socket this is; empty if it is not a product's."""
    return next((start for part, start in STARTS.items() if part in address), "")
