"""What a learner hands in: the logs of their attempts, as one small file.

It is compressed JSON. All logs share their documents, each of which is in it once, by its digest. A submission holds no
verdicts: whoever grades it judges the logs again. It may come from a stranger, so reading it is bounded in size, checks
every digest, and refuses with one sentence. A file is read only if it is exactly what labcheck writes for its content:
so there is one reading of it, without keys given twice or numbers that no other program reads the same way.
"""

from __future__ import annotations

import zlib
from typing import Annotated, Final, TypeAlias, TypeVar

import msgspec

from labcheck.errors import InvalidEvidence
from labcheck.evidence import Documents, Filed, WrittenLog, canonical, restored_log, verify, written_log
from labcheck.log import Log
from labcheck.report import rfc3339

SCHEMA: Final = 1
MAX_BYTES: Final = 8 * 1024**2
"""Of the file."""
MAX_CONTENT: Final = 64 * 1024**2
"""Of what is compressed in it."""
MAX_ATTEMPTS: Final = 1000
MAX_NAME: Final = 200
MAX_SAID: Final = 200
LATEST: Final = 2**62
"""Nanoseconds: in the year 2116."""
GZIP: Final = 16 + zlib.MAX_WBITS
REMEDY: Final = "Ask for the file again, exactly as labcheck submit wrote it: this one was truncated or edited."

T = TypeVar("T")
Name: TypeAlias = Annotated[str, msgspec.Meta(max_length=MAX_NAME)]


class Learner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who hands it in: an id that the class knows, and a name for people. Either may be empty."""

    id: Name = ""
    name: Name = ""


class Submission(msgspec.Struct, frozen=True):
    """The logs of a learner's attempts."""

    learner: Learner
    submitted_at: int
    """Nanoseconds of the clock of the machine on which it was written."""
    labs: dict[str, str]
    """The digest of each lab's file, as the learner had it."""
    logs: tuple[Log, ...]
    labcheck: str = ""
    """The version that wrote it."""

    @property
    def when(self) -> str:
        """When it was written, in RFC 3339."""
        return rfc3339(self.submitted_at)

    def attempts(self, lab: str) -> tuple[Log, ...]:
        """The logs of all attempts at this lab, the oldest first."""
        return tuple(log for log in self.logs if log.lab == lab)


class _Head(msgspec.Struct):
    submission: int
    """The schema."""


class _Written(msgspec.Struct, forbid_unknown_fields=True):
    submission: int
    submitted_at: Annotated[int, msgspec.Meta(ge=0, le=LATEST)]
    labcheck: Name
    learner: Learner
    labs: dict[Annotated[str, msgspec.Meta(max_length=4096)], Name]
    attempts: Annotated[tuple[WrittenLog, ...], msgspec.Meta(max_length=MAX_ATTEMPTS)]
    documents: Documents


def encode(submission: Submission) -> bytes:
    """The file: equal submissions give the same bytes."""
    filed = Filed()
    attempts = tuple(written_log(log, filed.file) for log in submission.logs)
    content = canonical(
        _Written(
            SCHEMA,
            submission.submitted_at,
            submission.labcheck,
            submission.learner,
            submission.labs,
            attempts,
            filed.documents,
        )
    )
    packer = zlib.compressobj(9, wbits=GZIP)
    data = packer.compress(content) + packer.flush()
    if len(data) > MAX_BYTES or len(content) > MAX_CONTENT or len(attempts) > MAX_ATTEMPTS:
        raise _too_large()
    return data


def decode(data: bytes) -> Submission:
    """The submission in this file. Raises :class:`~labcheck.errors.InvalidEvidence` if it cannot be trusted or read."""
    content = _unpacked(data)
    schema = _parsed(content, _Head).submission
    if schema != SCHEMA:
        raise InvalidEvidence(
            f"This submission has schema {schema}, but this labcheck reads only {SCHEMA}.", "Use a newer labcheck."
        )
    read = _parsed(content, _Written)
    if canonical(read) != content:
        raise InvalidEvidence("This is not what labcheck writes: it was edited, or another program wrote it.", REMEDY)
    verify(read.documents)
    logs = tuple(restored_log(log, read.documents) for log in read.attempts)
    return Submission(read.learner, read.submitted_at, read.labs, logs, read.labcheck)


def _unpacked(data: bytes) -> bytes:
    """The compressed content, of which no more is unpacked than may be in it."""
    if len(data) > MAX_BYTES:
        raise _too_large()
    unpacker = zlib.decompressobj(GZIP)
    try:
        content = unpacker.decompress(data, MAX_CONTENT + 1)
    except zlib.error as error:
        raise InvalidEvidence("This is not a submission: labcheck submit writes compressed files.", REMEDY) from error
    if len(content) > MAX_CONTENT:
        raise _too_large()
    if not unpacker.eof or unpacker.unused_data:
        raise InvalidEvidence("This submission is not complete, or something was added to it.", REMEDY)
    return content


def _parsed(content: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(content, type=kind)
    except (ValueError, RecursionError) as error:
        said = "".join(char if char.isprintable() else "?" for char in str(error)[:MAX_SAID])
        raise InvalidEvidence(f"This cannot be read as a submission: {said}.", REMEDY) from error


def _too_large() -> InvalidEvidence:
    limit = f"{MAX_BYTES // 1024**2} MiB, unpacked {MAX_CONTENT // 1024**2} MiB, or {MAX_ATTEMPTS} attempts"
    return InvalidEvidence(f"This submission is larger than {limit}.", "Submit fewer labs at once.")
