"""Who listens on a port of this machine, as far as the kernel tells this person.

Linux only: other systems have no /proc. It never shows a command's arguments, which may hold secrets.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from labcheck.cause import NotSupported
from labcheck.observe.trouble import CannotLook

TABLES = (Path("/proc/self/net/tcp"), Path("/proc/self/net/tcp6"))
LISTENING = "0A"
WORD = 8
"""The hexadecimal digits of one word of an address, as /proc/net/tcp has it (proc_pid_net(5))."""


@dataclass(frozen=True, slots=True)
class Listener:
    """A process that listens; without a name and a number where the kernel does not say."""

    program: str = ""
    pid: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the kernel's table."""

    address: str
    port: int
    inode: str


def listening_on(port: int) -> tuple[Listener, ...]:
    """Who listens on this port, on whatever address; nobody is an empty tuple."""
    if not TABLES[0].exists():
        raise CannotLook("This system does not tell who listens on a port.", NotSupported())
    tables = [table.read_text("utf-8") for table in TABLES if table.exists()]
    inodes = {row.inode for table in tables for row in rows(table) if row.port == port}
    return tuple(sorted(_owners(inodes), key=lambda it: it.pid)) if inodes else ()


def rows(table: str) -> Iterator[Entry]:
    """The listening sockets of the text of ``/proc/net/tcp`` or ``tcp6``."""
    for line in table.splitlines()[1:]:
        fields = line.split()
        if len(fields) > 9 and fields[3] == LISTENING:  # noqa: PLR2004 - the inode is the tenth field
            address, _, port = fields[1].partition(":")
            yield Entry(_address(address), int(port, 16), fields[9])


def _address(digits: str) -> str:
    words = (digits[at : at + WORD] for at in range(0, len(digits), WORD))
    packed = b"".join(int(word, 16).to_bytes(4, sys.byteorder) for word in words)
    return str(ip_address(packed))


def _owners(inodes: set[str]) -> set[Listener]:
    links = {f"socket:[{inode}]" for inode in inodes}
    found = {_listener(pid) for pid in _processes() if links & _descriptors(pid)}
    return found or {Listener()}


def _processes() -> Iterator[int]:
    return (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal())


def _descriptors(pid: int) -> set[str]:
    links = set()
    with suppress(OSError):
        for entry in os.scandir(f"/proc/{pid}/fd"):
            with suppress(OSError):
                links.add(os.readlink(entry.path))  # noqa: PTH115 - there are thousands of them
    return links


def _listener(pid: int) -> Listener:
    with suppress(OSError):
        return Listener(Path(f"/proc/{pid}/comm").read_text("utf-8", errors="replace").strip(), pid)
    return Listener("", pid)
