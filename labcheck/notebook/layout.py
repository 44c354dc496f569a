"""Copies the course's notebooks and pictures to a learner's folder, without overwriting anything of the learner's.

The file ``.labcheck.json`` in the folder records the copies. A copy that is unchanged is replaced by a newer version. A
copy that the learner changed stays; a newer version is put beside it, once, as ``NAME.new.ipynb``. A copy that is gone
is restored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import msgspec

from labcheck.digest import digest_of
from labcheck.errors import NotebookError
from labcheck.files import is_full, write_whole
from labcheck.notebook.handout import handout
from labcheck.notebook.original import originals
from labcheck.ready import ready

RECORD = ".labcheck.json"
NOTEBOOK = ".ipynb"


class Record(msgspec.Struct):
    """What was copied: each file's digest when it was copied, and the newest version of each original."""

    schema: int = 1
    laid: dict[str, str] = {}
    newest: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Laid:
    """An original, and the file it was copied to: its own, or one beside a copy that the learner changed."""

    original: str
    file: str

    @property
    def sentence(self) -> str:
        """What to tell the learner; empty if there is nothing to tell."""
        if self.file == self.original:
            return ""
        return f"{self.original} is yours and stays as it is. There is a newer one: {self.file}."


def lay_out(folder: Path, values: Mapping[str, str] | None = None) -> tuple[Laid, ...]:
    """Copy the course's notebooks to this folder, with these values in place of the labs' own.

    Returns what was written. Raises :class:`NotebookError` if the folder cannot be written.
    """
    wanted = {name: _handed_out(name, original, values or {}) for name, original in originals().items()}
    return lay(folder, wanted)


def lay(folder: Path, wanted: Mapping[str, bytes]) -> tuple[Laid, ...]:
    """Copy these files to the folder."""
    digests = {name: digest_of(content) for name, content in wanted.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        record = _record(folder)
        there = {name: digest_of(content) for name, content in _there(folder, wanted)}
        laid = tuple(planned(digests, there, record))
        for one in laid:
            (folder / one.file).parent.mkdir(parents=True, exist_ok=True)
            write_whole(folder / one.file, wanted[one.original])
            record.laid[one.file] = digests[one.original]
        record.laid.update({name: digest for name, digest in digests.items() if there.get(name) == digest})
        record.newest.update(digests)
        write_whole(folder / RECORD, msgspec.json.format(msgspec.json.encode(record, order="sorted"), indent=1) + b"\n")
    except OSError as error:
        raise _cannot(folder, error) from error
    return laid


def planned(wanted: Mapping[str, str], there: Mapping[str, str], record: Record) -> Iterator[Laid]:
    """What to copy where, given the digests of what is wanted, of what is there, and of what was copied. Pure."""
    for original, digest in wanted.items():
        if there.get(original) == digest:
            continue
        for file in _places(original):
            if file not in there or there[file] == record.laid.get(file):
                if file == original or record.newest.get(original) != digest:
                    yield Laid(original, file)
                break


def _places(original: str) -> Iterator[str]:
    """Where an original may be copied: to its own file, else beside it."""
    path = PurePosixPath(original)
    yield original
    yield str(path.with_name(f"{path.stem}.new{path.suffix}"))
    number = 2
    while True:
        yield str(path.with_name(f"{path.stem}.new-{number}{path.suffix}"))
        number += 1


def _handed_out(name: str, original: bytes, values: Mapping[str, str]) -> bytes:
    return handout(name, original, values) if name.endswith(NOTEBOOK) else original


def _there(folder: Path, wanted: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The existing files where something may be copied."""
    for original in wanted:
        for file in _places(original):
            path = folder / file
            if not path.exists():
                break
            yield file, path.read_bytes()


def _record(folder: Path) -> Record:
    """What was copied before; without a readable record every file there counts as the learner's."""
    try:
        return msgspec.json.decode((folder / RECORD).read_bytes(), type=ready(Record))
    except (FileNotFoundError, msgspec.MsgspecError):
        return Record()


def _cannot(folder: Path, error: OSError) -> NotebookError:
    another = "Choose another folder, for instance: labcheck start ~/registries"
    remedy = "Free some space, or choose another folder." if is_full(error) else another
    return NotebookError(f"The notebooks cannot be copied to {folder} ({error.strerror}).", remedy)
