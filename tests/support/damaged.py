"""Journals to damage, and what is saved of them."""

from __future__ import annotations

import os
import re
import sqlite3
from pathlib import Path

import msgspec
import pytest

from labcheck.log import Answered, Entry, Gap, Log, Look
from labcheck.query import EngineInfo
from labcheck.snapshot import Answer, Snapshot
from tests.support.logs import look, pull
from tests.support.whole_logs import Journal

LAB = "push-and-pull"
ROUNDS = 60
LATER = 1_000_000
SAVED = re.compile(
    r"was damaged: (\d+) looks, events and answers could be saved, (?:at least (\d+) are|as far as is known)"
)
OTHER = Look(1, 1, Snapshot((Answer(EngineInfo(), found={"ID": "other"}),)))
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")


def sql(path: Path, *statements: str) -> None:
    """Change the file behind the journal's back."""
    database = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        database.execute(statement)
    database.close()


def filled(path: Path) -> Log:
    """What is now filed at the path: an attempt in the middle of two, with events, looks and answers."""
    filed: list[Entry] = []
    for at in range(0, 3 * ROUNDS, 3):
        images = (f"image-{at}-{number}" for number in range(8))
        filed += [pull(at), look(at + 1, *images), Answered(at + 2, "catalog", str(at))]
    with Journal(path) as journal:
        journal.append(journal.begin(LAB, engine="other", began=1), [OTHER])
        log = journal.append(journal.begin(LAB, engine="engine", began=1), filed, "cursor")
        journal.append(journal.begin("mirrors", engine="engine", began=1), [pull(2)])
    return log


def saved(path: Path) -> Log:
    """The attempt as the journal has it now."""
    with Journal(path) as journal:
        log = journal.current(LAB, "engine")
        assert log is not None
        *entries, last = journal.append(log, [pull(LATER)]).entries
    assert last == pull(LATER), "and it goes on"
    return msgspec.structs.replace(log, entries=tuple(entries))


def kept(path: Path) -> Path:
    """The one folder where a damaged journal is kept."""
    (folder,) = path.parent.glob("damaged-*")
    return folder


def is_part(some: tuple[Entry, ...], of: tuple[Entry, ...]) -> bool:
    """Whether these are some of those, in the same order; gaps stand where others are missing."""
    rest = iter(of)
    return all(entry in rest for entry in some if not isinstance(entry, Gap))
