"""What engines keep on disk while no sandbox is running, in numbers, and how to delete it permanently.

Nobody loses it by accident: it is removed only by ``labcheck sandbox remove``, never by ending a sandbox. The journal
and the notebooks are elsewhere, and stay.
"""

from __future__ import annotations

from pathlib import Path

from labcheck.sandbox import cgroups
from labcheck.sandbox.outside import data
from labcheck.sandbox.outside.held import Usage, held
from labcheck.sandbox.outside.record import Record, records
from labcheck.sandbox.outside.running import refuse_inside_and_of_others
from labcheck.sandbox.trouble import in_use


def usage() -> tuple[Usage, ...]:
    """What all engines of this home keep on disk.

    Raises ``SandboxError`` inside a sandbox, for that of root without root, and while a sandbox uses it.
    """
    return tuple(held(Path(record.data)) for record in _kept() if record.data is not None)


def remove() -> None:
    """Remove everything: containers, images, volumes, and the engine's identity.

    Raises ``SandboxError`` like :func:`usage`, before anything is removed.
    """
    for record in _kept():
        if record.data is not None:
            data.remove(Path(record.data))
        cgroups.remove(record.id, within=1)
        record.forget()


def _kept() -> list[Record]:
    refuse_inside_and_of_others("remove what is kept by")
    kept = [record for record in records() if record.data is not None and Path(record.data).is_dir()]
    for record in kept:
        if record.alive:
            raise in_use(Path(record.data or ""))
    return kept
