"""The data folder of a sandbox that survives restarts: its engine's identity, and a lock for one engine at a time.

The course knows its files by name: ``remove`` removes those, and the folder only if nothing else is in it. It is called
only for ``labcheck sandbox remove``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from labcheck.errors import SandboxError
from labcheck.files import write_whole
from labcheck.lock import lock
from labcheck.ready import ready
from labcheck.sandbox.identity import Identity
from labcheck.sandbox.outside import rootless
from labcheck.sandbox.outside.record import records
from labcheck.sandbox.places import FILES, FOLDERS, IDENTITY, LOCK
from labcheck.sandbox.trouble import ENOUGH, in_use, no_room, writing

NANOSECONDS = 10**9


@contextmanager
def locked(folder: Path) -> Iterator[tuple[Identity, int]]:
    """Lock the folder; returns its engine's identity and the open lock, to be passed to the sandbox's first process."""
    with writing(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(folder) as descriptor:
        if shutil.disk_usage(folder).free < ENOUGH:
            raise no_room(str(folder))
        with writing(folder):
            who = identity(folder)
        yield who, descriptor


def identity(folder: Path) -> Identity:
    """The identity of the folder's engine; a new folder gets one."""
    path = folder / IDENTITY
    try:
        return msgspec.json.decode(path.read_bytes(), type=ready(Identity))
    except FileNotFoundError:
        return _written(path, Identity.new())
    except msgspec.DecodeError as error:
        for record in records():
            if record.data == str(folder):
                return _written(path, Identity(record.id, int(record.since * NANOSECONDS)))
        raise SandboxError(
            f"The sandbox's file {path} is damaged ({error}).",
            "Remove that file: the engine's data stays, but counts as a new engine's.",
        ) from error


def _written(path: Path, who: Identity) -> Identity:
    write_whole(path, msgspec.json.encode(who))
    return who


def remove(folder: Path) -> None:
    """Remove what a sandbox created in its data folder; raises ``SandboxError`` while one uses it."""
    if not folder.is_dir():
        return
    with _locked(folder):
        _empty([folder / name for name in FOLDERS])
        for name in FILES:
            (folder / name).unlink(missing_ok=True)
        if not any(folder.iterdir()):
            folder.rmdir()


def _empty(folders: list[Path]) -> None:
    """Remove these folders, with files in them that belong to the users of containers."""
    if os.geteuid() == 0:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
    else:
        rootless.as_root_inside("rm", "-rf", "--", *map(str, folders))


@contextmanager
def _locked(folder: Path) -> Iterator[int]:
    with writing(folder):
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if not lock(descriptor):
            raise in_use(folder)
        yield descriptor
    finally:
        os.close(descriptor)
