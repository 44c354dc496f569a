"""The engines of the matrix."""

from __future__ import annotations

from dataclasses import dataclass

from labcheck.sandbox.driver import Driver


@dataclass(frozen=True)
class Engine:
    """One row: Debian's release that the engine comes from (empty: this machine's own), and how it is started."""

    release: str = ""
    store: str = "graph driver"
    driver: Driver = Driver.ROOT
    flags: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()


ENGINES = (
    Engine(),
    Engine(driver=Driver.ROOTLESS),
    Engine("trixie"),
    Engine("forky"),
    Engine("forky", driver=Driver.ROOTLESS),
    Engine("forky", store="containerd", flags=("--feature=containerd-snapshotter=true",)),
    Engine("forky", variables=("DOCKER_MIN_API_VERSION=1.44",)),
)
