"""Recovers a damaged journal from what is intact; the damaged file is kept.

The damaged file and its log are first linked into a folder of their own, ``damaged-1`` or the next. The new journal is
created there as well and moved into place only when it is complete: whatever happens meanwhile, either the damaged
journal or the new one is there, and the next attempt to recover uses the same folder. A process that finds the damage
at the same time waits, and continues with the new journal.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

import msgspec

from labcheck.errors import DamagedJournalError, JournalError
from labcheck.home import FILE
from labcheck.journal.database import APPLICATION, Database
from labcheck.journal.database_pages import SIZE, newest_pages, rows
from labcheck.journal.files import File, give_away, identity, locked_folder
from labcheck.journal.notice import notice
from labcheck.journal.rescue import Rescue

NEW = "new"
"""The new journal while it is being written, in the folder where the damaged one is kept."""
RECOVERED = """INSERT OR IGNORE INTO attempt (id, lab, number, engine, began, touched, cursor, seed, recovered)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)"""
"""What is saved may not be all that was sealed: such an attempt is not sealed, and says why."""


def salvage(path: Path, found: File | None, damage: DamagedJournalError, tables: Sequence[str], schema: int) -> None:
    """Replace this journal by one with everything that is intact, unless this is no longer the file that was ``found``.

    Raises the original damage if the file is not a journal, and :class:`JournalError` if it cannot be replaced.
    """
    with locked_folder(path.parent, alone=True):
        if identity(path) != found:
            return
        try:
            saved = _salvage(path, tables, schema)
        except (OSError, JournalError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error).partition(":")[0]
            raise JournalError(
                f"The journal {path} is damaged, and what can be read of it cannot be saved now: {reason}.",
                f"{getattr(error, 'remedy', '') or 'Make sure that you may write there and that there is enough space'}"
                " Nothing was changed.",
            ) from error
        if not saved:
            raise damage if path.name == FILE else _no_journal(path)


def _no_journal(path: Path) -> JournalError:
    return JournalError(
        f"{path} is not a labcheck journal, so it was left as it is.",
        "LABCHECK_JOURNAL names it: unset that, or set it to a file of your own.",
    )


def _salvage(path: Path, tables: Sequence[str], schema: int) -> bool:
    """Whether there is a new journal now; there is none if the file belongs to another program."""
    kept, made = _kept(path)
    new = kept / NEW
    try:
        _link(path, kept / path.name)
        _link(_beside(path, "-wal"), kept / f"{path.name}-wal")
        data, log = _read(path), _read(kept / f"{path.name}-wal")
        rescue = Rescue(rows(newest_pages(data, log)))
        ours = rescue.is_ours or _was_ours(path, data)
        if ours:
            _remove(new)
            _write(new, rescue, tables, schema, keep_cursor=not rescue.lost and _is_complete(data))
    except BaseException:
        _forget(kept, new, made=made)
        raise
    if not ours:
        _forget(kept, new, made=made)
        return False
    for end in ("-wal", "-shm"):
        _beside(path, end).unlink(missing_ok=True)
    new.replace(path)
    notice(_told(path, kept, rescue))
    return True


def _kept(path: Path) -> tuple[Path, bool]:
    """The folder where this damaged journal is kept, and whether it was empty."""
    for number in count(1):
        folder = path.with_name(f"damaged-{number}")
        if not folder.exists():
            folder.mkdir(mode=0o700)
            give_away(folder, path.parent)
        if folder.is_dir() and not any(folder.iterdir()):
            return folder, True
        if identity(path) is not None and identity(folder / path.name) == identity(path):
            return folder, False
    raise AssertionError


def _write(new: Path, rescue: Rescue, tables: Sequence[str], schema: int, *, keep_cursor: bool) -> None:
    with closing(Database(new, tables, schema)) as database, database.transaction(write=True) as connection:
        for attempt, row in rescue.attempts.items():
            # Without a cursor the engine is asked for all its events again; each is filed once.
            cursor = row.cursor if keep_cursor else None
            values = (attempt, row.lab, row.number, row.engine, row.began, row.touched, cursor, row.seed)
            connection.execute(RECOVERED, values)
        connection.executemany("INSERT INTO document VALUES (?, ?)", rescue.documents.items())
        entries = map(msgspec.structs.astuple, rescue.numbered())
        connection.executemany("INSERT OR IGNORE INTO entry VALUES (?, ?, ?, ?, ?, ?)", entries)


def _told(path: Path, kept: Path, rescue: Rescue) -> str:
    saved = f"{len(rescue.entries)} looks, events and answers could be saved"
    lost = f"at least {rescue.lost} are lost" if rescue.lost else "as far as is known, nothing is lost"
    told = f"{saved}, {lost}" if rescue.attempts else "nothing in it can be read"
    return f"The journal {path} was damaged: {told}. The damaged file is kept in {kept}."


def _was_ours(path: Path, data: bytes) -> bool:
    """Whether this may be a journal of which nothing is left; a file that the user named may be another program's."""
    is_sound = data[:16] == b"SQLite format 3\0" and len(data) >= SIZE
    is_foreign = is_sound and data[68:72] != APPLICATION.to_bytes(4, "big")
    return path.name == FILE and not is_foreign


def _is_complete(data: bytes) -> bool:
    return len(data) >= SIZE * int.from_bytes(data[28:32], "big")


def _beside(path: Path, end: str) -> Path:
    return path.with_name(f"{path.name}{end}")


def _link(file: Path, name: Path) -> None:
    """Keep the file under a second name, or a copy of it if the filesystem has no hard links."""
    if name.exists() or not file.exists():
        return
    try:
        os.link(file, name)
    except PermissionError:
        shutil.copy2(file, name)


def _read(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""


def _remove(new: Path) -> None:
    for end in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            _beside(new, end).unlink()


def _forget(kept: Path, new: Path, *, made: bool) -> None:
    """Undo what was started; the damaged journal is still in its place."""
    _remove(new)
    if made:
        shutil.rmtree(kept, ignore_errors=True)
