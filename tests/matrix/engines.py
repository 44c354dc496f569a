"""The engines of the matrix."""

from __future__ import annotations

from dataclasses import dataclass

from labcheck.sandbox.driver import Driver


@dataclass(frozen=True)
class Engine:
    """One row: Debian's release that the engine comes from (empty: this machine's own), and how it is started.

    The course's images, and with them the registry, come from the release ``images``.
    """

    release: str = ""
    images: str = ""
    store: str = "graph driver"
    driver: Driver = Driver.ROOT
    flags: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()

    @property
    def how(self) -> str:
        """How it is started, as the table says it."""
        return f"{self.store} | {self.driver}{''.join(f', {it}' for it in self.variables)}"


ENGINES = (
    Engine(),
    Engine(driver=Driver.ROOTLESS),
    Engine("trixie", images="trixie"),
    Engine("forky"),
    Engine("forky", driver=Driver.ROOTLESS),
    Engine("forky", images="trixie", store="containerd", flags=("--feature=containerd-snapshotter=true",)),
    Engine("forky", images="trixie", variables=("DOCKER_MIN_API_VERSION=1.44",)),
)
