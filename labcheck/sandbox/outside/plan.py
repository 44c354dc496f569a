"""What a sandbox will be, decided before it starts: which engine, which images, which network.

It refuses what cannot work, with a remedy, and cleans up after killed sandboxes; it starts nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, TypedDict, Unpack

from labcheck.home import claimed, home
from labcheck.owner import behind_sudo
from labcheck.sandbox import cgroups, images
from labcheck.sandbox.driver import Driver, usual
from labcheck.sandbox.identity import Identity
from labcheck.sandbox.outside import network, requirements
from labcheck.sandbox.outside.data import locked
from labcheck.sandbox.outside.running import sweep
from labcheck.sandbox.outside.sockets import engine_sockets
from labcheck.sandbox.outside.source import choose
from labcheck.sandbox.trouble import writing

Tell: TypeAlias = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Plan:
    """What sandbox to start. ``lock`` is the open lock of the data folder; ``command`` may be empty."""

    identity: Identity
    source: str
    data: Path | None
    lock: int | None
    sockets: tuple[str, ...]
    outbound: bool
    command: tuple[str, ...]
    owner: tuple[int, int]
    """Who owns the learner's files inside: the ids of a user and a group."""
    driver: Driver


class Wanted(TypedDict, total=False):
    """What the caller wants of a sandbox. ``None``, or leaving it out, means what is best here."""

    data: Path | None
    """A folder for the engine's data, which is reused the next time; ``None`` means memory."""
    source: str | None
    """Where images come from: ``course``, or a registry's URL."""
    outbound: bool | None
    """Whether the network outside can be reached."""
    driver: Driver | None
    """Whether root or an ordinary user makes it."""


@contextmanager
def planned(command: Sequence[str], *, tell: Tell, **wanted: Unpack[Wanted]) -> Iterator[Plan]:
    """The plan, with the data folder locked during the ``with`` block."""
    data, source, outbound = wanted.get("data"), wanted.get("source"), wanted.get("outbound")
    driver = wanted.get("driver") or usual()
    requirements.check(driver, uid=os.geteuid(), path=os.environ.get("PATH", ""))
    with writing(home()):
        claimed()
    sweep()
    leads_out = network.outbound(driver) if outbound is None else outbound
    chosen = choose(source, outbound=leads_out)
    images.build(tell=tell)
    folder = None if data is None else data.absolute()
    with locked(folder) if folder is not None else nullcontext((Identity.new(), None)) as (identity, lock):
        # Control groups that the same engine left when it was killed.
        cgroups.remove(identity.id, within=1)
        yield Plan(identity, chosen, folder, lock, _sockets(), leads_out, tuple(command), _owner(), driver)


def _owner() -> tuple[int, int]:
    owner = behind_sudo()
    return (0, 0) if owner is None else (owner.uid, owner.gid)


def _sockets() -> tuple[str, ...]:
    homes = set()
    for person in ("", os.environ.get("SUDO_USER", "")):
        with suppress(RuntimeError):  # no such user, or no home folder
            homes.add(Path(f"~{person}").expanduser())
    return tuple(map(str, engine_sockets(os.environ.get("DOCKER_HOST", ""), homes)))
