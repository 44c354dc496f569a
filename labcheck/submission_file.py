"""The file of a submission: the logs of a learner's attempts, small. This is its format.

It is JSON, compressed by xz, which finds again what the logs of several labs have in common. It is in one canonical
form; a file that is not exactly what labcheck writes for its content is refused, so there is one reading of it. It
holds no verdicts: whoever grades it judges the logs again. It may come from a stranger, so reading it is bounded in
size, checks every digest, and refuses with one sentence.

The fields, in this order; all times are nanoseconds:

``submission``    the schema, 1
``submitted_at``  when it was written, by the clock of the machine on which it was
``labcheck``      the version that wrote it
``learner``       ``id``, which the class knows, and ``name``; either may be empty
``labs``          for each lab that is handed in, the digest of its file as the learner had it
``attempts``      the log of each attempt at them, the oldest of each lab first
``documents``     what the logs refer to, each once, by its digest
``redacted``      documents without names that no lab handed in is about, by the digest of what was filed
``signature``     the HMAC of all that stands before it, with the learner's key; empty without one

An attempt has ``lab``, ``attempt`` (its number), ``engine`` (the engine's identity), ``began``, ``seed`` (what its
values were drawn from), and ``entries`` in the order of what happened. An entry is a ``look`` (``at``, ``until``, how
long it ``took``, and for each query the digest of what was found, or why that is ``unknown``), an ``event`` of the
engine (a document), a ``gap`` in the events, an ``answer`` of the learner, or what was ``shown``: a hint, a solution,
or a step that was played. ``order`` has the place of each entry in the order of filing, where that is another, and
``seal`` what the entries are sealed with in that order (:mod:`labcheck.chain`).
"""

from __future__ import annotations

import lzma
from collections.abc import Callable, Iterable
from typing import Annotated, Final, TypeVar

import msgspec

from labcheck.chain import Seal, holds
from labcheck.digest import hexadecimal
from labcheck.document import Document
from labcheck.errors import InvalidEvidence
from labcheck.evidence import (
    MAX_ENTRIES,
    Documents,
    Filed,
    WrittenLog,
    canonical,
    restored_log,
    said,
    verify,
    written_log,
)
from labcheck.log import Entry, Head, Log, Look
from labcheck.ready import ready
from labcheck.submission import Filing, Learner, Name, Signature, Submission, signed_with

SCHEMA: Final = 1
MAX_BYTES: Final = 4 * 1024**2
"""Of the file."""
MAX_CONTENT: Final = 32 * 1024**2
"""Of what is compressed in it."""
MAX_ATTEMPTS: Final = 1000
MAX_ALL: Final = 50_000
"""Entries of all attempts together."""
MAX_NUMBER: Final = 2**31
"""Of an attempt, and of a schema."""
LATEST: Final = 2**62
"""Nanoseconds: in the year 2116."""
BEGIN: Final = b'{"submission":%d,' % SCHEMA
"""How the content begins."""
UNSIGNED: Final = b'""}'
"""How the content ends without a signature."""
MAGIC: Final = b"\xfd7zXZ"
PRESET: Final = 3
"""Its dictionary is larger than the log of a lab, so what the next lab's log repeats is found."""
MEMORY: Final = 64 * 1024**2
"""Of what unpacks it, in bytes."""
REMEDY: Final = "Ask for the file again, exactly as labcheck submit wrote it: this one was truncated or edited."

T = TypeVar("T")


class _Head(msgspec.Struct):
    submission: Annotated[int, msgspec.Meta(ge=0, le=MAX_NUMBER)]
    """The schema."""


class _Attempt(WrittenLog, frozen=True, kw_only=True, forbid_unknown_fields=True):
    order: Annotated[tuple[int, ...], msgspec.Meta(max_length=MAX_ENTRIES)] = ()
    seal: Seal = Seal()


class _Written(msgspec.Struct, forbid_unknown_fields=True):
    submission: int
    submitted_at: Annotated[int, msgspec.Meta(ge=0, le=LATEST)]
    labcheck: Name
    learner: Learner
    labs: dict[Annotated[str, msgspec.Meta(max_length=4096)], Name]
    attempts: Annotated[tuple[_Attempt, ...], msgspec.Meta(max_length=MAX_ATTEMPTS)]
    documents: Documents
    redacted: Documents
    signature: Annotated[str, msgspec.Meta(pattern=r"^([0-9a-f]{64})?\Z")]


def encode(submission: Submission, key: bytes = b"") -> bytes:
    """The file: equal submissions give the same bytes. With a learner's ``key`` it is signed."""
    original = {id(document): digest for digest, document in submission.redacted.items()}
    filed = Filed()

    def file(document: Document) -> str:
        return original.get(id(document)) or filed.file(document)

    filings = submission.filings or (Filing(),) * len(submission.logs)
    attempts = tuple(_written(log, it, file) for log, it in zip(submission.logs, filings, strict=True))
    content = canonical(
        _Written(
            SCHEMA,
            submission.submitted_at,
            submission.labcheck,
            submission.learner,
            submission.labs,
            attempts,
            filed.documents,
            submission.redacted,
            "",
        )
    )
    if key:
        signed = content.removesuffix(UNSIGNED)
        content = signed + f'"{signed_with(key, hexadecimal(signed))}"}}'.encode()
    data = lzma.compress(content, preset=PRESET)
    if (
        len(data) > MAX_BYTES
        or len(content) > MAX_CONTENT
        or len(attempts) > MAX_ATTEMPTS
        or _count(attempts) > MAX_ALL
    ):
        raise _too_large()
    return data


def decode(data: bytes) -> Submission:
    """The submission in this file. Raises :class:`~labcheck.errors.InvalidEvidence` if it cannot be trusted or read."""
    content = _unpacked(data)
    if not content.startswith(BEGIN) and (schema := _parsed(content, _Head).submission) != SCHEMA:
        raise InvalidEvidence(
            f"This submission has schema {schema}, but this labcheck reads only {SCHEMA}.", "Use a newer labcheck."
        )
    read = _parsed(content, _Written)
    if canonical(read) != content:
        raise InvalidEvidence("This is not what labcheck writes: it was edited, or another program wrote it.", REMEDY)
    if _count(read.attempts) > MAX_ALL:
        raise _too_large()
    verify(read.documents)
    documents = {**read.redacted, **read.documents}
    logs = tuple(restored_log(log, documents) for log in read.attempts)
    for log in logs:
        _check(log)
    filings = tuple(map(_filing, read.attempts))
    return Submission(
        read.learner,
        read.submitted_at,
        read.labs,
        logs,
        read.labcheck,
        filings if filings.count(Filing()) < len(filings) else (),
        read.redacted,
        _signature(content, read.signature),
    )


def _written(log: Log, filing: Filing, file: Callable[[Document], str]) -> _Attempt:
    fields = msgspec.structs.asdict(written_log(log, file))
    return _Attempt(**fields, order=filing.order, seal=filing.seal)


def _count(attempts: Iterable[_Attempt]) -> int:
    return sum(len(attempt.entries) for attempt in attempts)


def _filing(attempt: _Attempt) -> Filing:
    entries, order = attempt.entries, attempt.order
    if order:
        if sorted(order) != list(range(1, len(entries) + 1)):
            raise InvalidEvidence("The order of filing in this submission is none.", REMEDY)
        entries = tuple(entry for _, entry in sorted(zip(order, entries, strict=True), key=lambda it: it[0]))
    head = Head(attempt.lab, attempt.attempt, attempt.engine, attempt.began, attempt.seed)
    return Filing(order, attempt.seal, holds(attempt.seal, head, entries))


def _check(log: Log) -> None:
    """Raises :class:`~labcheck.errors.InvalidEvidence` if a number in it cannot be one."""
    if not 0 <= log.attempt <= MAX_NUMBER:
        raise InvalidEvidence("An attempt in this submission has no number.", REMEDY)
    times = [log.began, *(at for entry in log.entries for at in _times(entry))]
    if min(times) < 0 or max(times) > LATEST:
        raise InvalidEvidence("A time in this submission cannot be one.", REMEDY)


def _times(entry: Entry) -> tuple[int, ...]:
    return (entry.at, entry.until, entry.end) if isinstance(entry, Look) else (entry.at,)


def _signature(content: bytes, code: str) -> Signature | None:
    return Signature(code, hexadecimal(content[: -len(code) - 3])) if code else None


def _unpacked(data: bytes) -> bytes:
    """The compressed content, of which no more is unpacked than may be in it."""
    if len(data) > MAX_BYTES:
        raise _too_large()
    if not data.startswith(MAGIC):
        raise InvalidEvidence("This is not a submission: labcheck submit writes files that xz compressed.", REMEDY)
    unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, MEMORY)
    try:
        content = unpacker.decompress(data, MAX_CONTENT + 1)
    except (lzma.LZMAError, EOFError) as error:
        raise InvalidEvidence("This submission cannot be unpacked.", REMEDY) from error
    if len(content) > MAX_CONTENT:
        raise _too_large()
    if not unpacker.eof or unpacker.unused_data:
        raise InvalidEvidence("This submission is not complete, or something was added to it.", REMEDY)
    return content


def _parsed(content: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(content, type=ready(kind))
    except (ValueError, RecursionError) as error:
        raise InvalidEvidence(f"This cannot be read as a submission: {said(error)}.", REMEDY) from error


def _too_large() -> InvalidEvidence:
    sizes = f"{MAX_BYTES // 1024**2} MiB, unpacked {MAX_CONTENT // 1024**2} MiB"
    limit = f"{sizes}, {MAX_ATTEMPTS} attempts, or {MAX_ALL} entries"
    return InvalidEvidence(f"This submission is larger than {limit}.", "Submit fewer labs at once.")
