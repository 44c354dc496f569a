"""A layer: files and folders as a tar, the same bytes whenever and wherever it is built.

Names are sorted, all entries have the same time and belong to root, headers are plain ustar, and the gzip header has no
time. It refuses what such a header cannot express, so that reading one back (``walk``) needs no extension of the format
either.
"""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from labcheck.digest import digest_of

_BLOCK = tarfile.BLOCKSIZE


@dataclass(frozen=True)
class Entry:
    """One thing in a layer: a file (``data``), a link (``target``), or a folder (neither)."""

    mode: int = 0o755
    data: bytes | None = None
    target: str = ""


@dataclass(frozen=True)
class Layer:
    """A finished layer: its compressed bytes, and the digest of the uncompressed ones."""

    compressed: bytes
    diff_id: str
    time: int


def file_of(data: bytes) -> Entry:
    """A file, executable if it is a program or a script."""
    return Entry(0o755 if data.startswith((b"#!", b"\x7fELF")) else 0o644, data)


def pack(entries: Mapping[str, Entry], time: int) -> Layer:
    """A layer from entries by absolute path, all with the same time (seconds since 1970)."""
    whole = {str(parent): Entry() for path in entries for parent in PurePosixPath(path).parents if parent.name}
    whole |= entries
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.USTAR_FORMAT, encoding="utf-8") as tar:
        for path in sorted(whole):
            tar.addfile(_header(path, whole[path], time), io.BytesIO(whole[path].data or b""))
    data = plain.getvalue()
    return Layer(gzip.compress(data, compresslevel=6, mtime=0), digest_of(data), time)


def _header(path: str, entry: Entry, time: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(path.lstrip("/"))
    header.mode, header.mtime = entry.mode, time
    if entry.data is not None:
        header.size = len(entry.data)
    elif entry.target:
        header.type, header.linkname, header.mode = tarfile.SYMTYPE, entry.target, 0o777
    else:
        header.type = tarfile.DIRTYPE
    return header


def walk(stream: IO[bytes] | gzip.GzipFile, most: int) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    """Each header of a plain ustar, and its content to read before the next. Raises ValueError for anything else.

    The standard reader also follows extensions whose sizes the file itself dictates; here a file of unknown origin is
    read header by header, and no entry may claim more than ``most`` bytes.
    """
    while (block := stream.read(_BLOCK)) and block.strip(b"\0"):
        try:
            header = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        except (tarfile.HeaderError, UnicodeError) as error:
            raise ValueError("it is not a plain tar") from error
        if header.type not in (tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.DIRTYPE) or not 0 <= header.size <= most:
            raise ValueError(f"an entry in it is not as labcheck writes it: {header.name[:80]!r}")
        content = io.BytesIO(_exactly(stream, header.size))
        _exactly(stream, -header.size % _BLOCK)
        yield header, content


def _exactly(stream: IO[bytes] | gzip.GzipFile, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise ValueError("it ends too early")
    return data
