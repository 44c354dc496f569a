"""The hash chain of an attempt's log: whether the log is as it was filed.

Each entry's link is the digest of the link before it and of the entry, in the order of filing; the first follows the
attempt's own facts. The journal keeps the newest link, so an entry that was changed, added, removed or moved behind
labcheck's back no longer leads to it. That a later look saw the same extends a look, so until when is not sealed.

It shows a change; it does not prove that there was none: whoever can write the journal can also compute digests.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

import msgspec

from labcheck.digest import hexadecimal
from labcheck.evidence import Written, WrittenLook, canonical
from labcheck.log import Head


class Seal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an attempt's log is sealed with."""

    link: str = ""
    """The newest link; empty if no entry is sealed."""
    unsealed: int = 0
    """How many of its first entries are not sealed: they are older than seals, or were recovered."""
    recovered: bool = False
    """Whether it was recovered from a damaged journal."""


def sealed(seal: Seal, head: Head, entries: Iterable[Written], filed: int) -> Seal:
    """With these further entries, which were filed after so many others."""
    if not seal.link:
        seal = Seal("", filed, seal.recovered)
    link = seal.link or _first(head, seal)
    for entry in entries:
        link = _next(link, entry)
    return Seal(link, seal.unsealed, seal.recovered)


def holds(seal: Seal, head: Head, filed: Iterable[Written]) -> bool:
    """Whether these entries, in the order of filing, are those that were sealed; also if none was."""
    if not seal.link:
        return True
    begun = Seal("", seal.unsealed, seal.recovered)
    return sealed(begun, head, list(filed)[seal.unsealed :], seal.unsealed) == seal


def begun(heads: Iterable[Head], link: str = "") -> str:
    """The newest link of the chain of a lab's attempts: after this link, these were begun."""
    for head in heads:
        link = hexadecimal(link.encode() + canonical(_facts(head)))
    return link


def unfitting(seal: Seal, begun: str) -> Seal:
    """The same, of an attempt that was followed by others, up to this link, of which the newest is missing."""
    return Seal(hexadecimal(f"{seal.link} {begun}".encode()), seal.unsealed, seal.recovered)


def _first(head: Head, seal: Seal) -> str:
    """The link before the first: what is known of the attempt. A lab is meant by its file's name, wherever it is."""
    return hexadecimal(canonical((*_facts(head), seal.unsealed, seal.recovered)))


def _facts(head: Head) -> tuple[str, int, str, int, str]:
    return PurePath(head.lab).name, head.attempt, head.engine, head.began, head.seed


def _next(link: str, entry: Written) -> str:
    if isinstance(entry, WrittenLook):
        took = entry.until - entry.at if entry.took is None else entry.took
        entry = WrittenLook(entry.at, entry.at, entry.answers, took)
    return hexadecimal(link.encode() + canonical(entry))
