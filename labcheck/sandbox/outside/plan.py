"""What a sandbox will be, decided outside and before it starts: whose engine, which images, which network.

It refuses what cannot work, with the remedy; it tidies up after killed sandboxes; it starts nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from labcheck.home import claimed, home
from labcheck.owner import behind_sudo
from labcheck.sandbox import cgroups, images
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
    """What sandbox to start. ``lock`` is the open lock of the data folder; without a command it is there to be used."""

    identity: Identity
    source: str
    data: Path | None
    lock: int | None
    sockets: tuple[str, ...]
    outbound: bool
    command: tuple[str, ...]
    owner: tuple[int, int]
    """Whose the learner's things inside are: a user's and a group's number."""


@contextmanager
def planned(
    command: Sequence[str], *, data: Path | None, source: str | None, outbound: bool | None, tell: Tell
) -> Iterator[Plan]:
    """The plan, and the data folder locked while the ``with`` lasts."""
    requirements.check(uid=os.geteuid(), path=os.environ.get("PATH", ""))
    with writing(home()):
        claimed()
    sweep()
    leads_out = network.outbound() if outbound is None else outbound
    chosen = choose(source, outbound=leads_out)
    images.build(tell=tell)
    folder = None if data is None else data.absolute()
    with locked(folder) if folder is not None else nullcontext((Identity.new(), None)) as (identity, lock):
        # The groups of the same engine when it was killed.
        cgroups.remove(identity.id, within=1)
        yield Plan(identity, chosen, folder, lock, _sockets(), leads_out, tuple(command), _owner())


def _owner() -> tuple[int, int]:
    owner = behind_sudo()
    return (0, 0) if owner is None else (owner.uid, owner.gid)


def _sockets() -> tuple[str, ...]:
    homes = set()
    for person in ("", os.environ.get("SUDO_USER", "")):
        with suppress(RuntimeError):  # there is no such person, or no home is known
            homes.add(Path(f"~{person}").expanduser())
    return tuple(map(str, engine_sockets(os.environ.get("DOCKER_HOST", ""), homes)))
