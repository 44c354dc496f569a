"""A log in its serialised form: entries that refer to their documents by digest, and each document once.

The journal stores its entries in this form, and a whole log as one JSON text is *evidence*: a test's fixture, a
learner's submission. Evidence may come from a stranger, so reading it is bounded, checks every digest, and refuses with
one sentence. It does not prove who wrote it: whoever can edit a file can also compute a digest.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeAlias, TypeVar

import msgspec

from labcheck.digest import digest_of
from labcheck.document import Document
from labcheck.errors import InvalidEvidence
from labcheck.log import SCHEMA, Answered, Entry, Gap, Happened, Log, Look, Shown
from labcheck.query import Query
from labcheck.ready import ready
from labcheck.seed import LONGEST
from labcheck.snapshot import Answer, Snapshot, Unknown

T = TypeVar("T")
Documents: TypeAlias = dict[str, dict[str, object]]
"""Documents by their digest."""
Find: TypeAlias = Callable[[str], dict[str, object]]

READ = range(1, SCHEMA + 1)
"""The schemas that can be read."""
MAX_BYTES = 32 * 1024 * 1024
MAX_ENTRIES = 20_000
MAX_SAID = 200


class WrittenAnswer(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One query's evidence: the digest of the document, or a reason and its cause, or neither (absent)."""

    query: Query
    found: str | None = None
    unknown: str | None = None
    cause: dict[str, object] | None = None
    """As written: getting ready to read any cause takes longer than reading a log without one."""

    def __post_init__(self) -> None:
        """Schema 1 had reasons without causes; a cause always has a reason, and is one of the closed list."""
        if self.unknown is None:
            if self.cause is not None:
                raise ValueError("there is a cause, but nothing that is unknown")
            return
        if self.cause is None:
            from labcheck.schema_1 import cause  # noqa: PLC0415 - only old evidence needs it

            msgspec.structs.force_setattr(self, "cause", msgspec.to_builtins(cause(self.unknown)))
        _ = self.why

    @property
    def why(self) -> Unknown | None:
        """Why we could not look, or ``None`` if we could."""
        if self.unknown is None or self.cause is None:
            return None
        return msgspec.convert({"reason": self.unknown, "cause": self.cause}, ready(Unknown))


class WrittenLook(msgspec.Struct, frozen=True, tag="look", omit_defaults=True, forbid_unknown_fields=True):
    """A look that refers to its documents by digest. Two looks saw the same if their answers are equal."""

    at: int
    until: int
    answers: tuple[WrittenAnswer, ...]
    took: int | None = None


class WrittenEvent(msgspec.Struct, frozen=True, tag="event", forbid_unknown_fields=True):
    """An event; its document's digest is its identity."""

    document: str


Written: TypeAlias = WrittenLook | WrittenEvent | Gap | Answered | Shown
Before: TypeAlias = tuple[tuple[WrittenAnswer, ...], tuple[Answer, ...]]
"""What the look before saw, as written and restored."""


class _Head(msgspec.Struct):
    schema: int


class WrittenLog(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A log that refers to its documents by digest."""

    lab: str
    attempt: int
    engine: str
    began: int
    entries: Annotated[tuple[Written, ...], msgspec.Meta(max_length=MAX_ENTRIES)]
    seed: Annotated[str, msgspec.Meta(max_length=LONGEST)] = ""


class _Evidence(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A log and its documents, in the order in which evidence has always been written."""

    schema: int
    lab: str
    attempt: int
    engine: str
    began: int
    entries: Annotated[tuple[Written, ...], msgspec.Meta(max_length=MAX_ENTRIES)]
    documents: Documents
    seed: Annotated[str, msgspec.Meta(max_length=LONGEST)] = ""


class Filed(msgspec.Struct):
    """The documents of some logs, each once, by its digest."""

    documents: Documents = {}

    def file(self, document: Document) -> str:
        """Keep this document; its digest."""
        digest = digest_of(canonical(document))
        self.documents.setdefault(digest, dict(document))
        return digest


def encode(log: Log) -> bytes:
    """The log as evidence: equal logs give the same JSON, byte for byte."""
    filed = Filed()
    fields = msgspec.structs.asdict(written_log(log, filed.file))
    evidence = _Evidence(**fields, schema=log.schema, documents=filed.documents)
    data = msgspec.json.format(canonical(evidence), indent=1) + b"\n"
    if len(data) > MAX_BYTES or len(log.entries) > MAX_ENTRIES:
        raise _too_large()
    return data


def decode(data: bytes) -> Log:
    """The log in this evidence. Raises :class:`~labcheck.errors.InvalidEvidence` if it cannot be trusted or read."""
    if len(data) > MAX_BYTES:
        raise _too_large()
    schema = _parsed(data, _Head).schema
    if schema not in READ:
        raise _unknown_schema(schema)
    evidence = _parsed(data, _Evidence)
    verify(evidence.documents)
    return restored_log(evidence, evidence.documents)


def verify(documents: Documents) -> None:
    """Raises :class:`~labcheck.errors.InvalidEvidence` if one of them does not have its digest."""
    for digest, document in documents.items():
        if digest_of(canonical(document)) != digest:
            raise InvalidEvidence("A document in this evidence is not the one that was recorded.", REMEDY)


def written_log(log: Log, file: Callable[[Document], str]) -> WrittenLog:
    """The log in its serialised form; ``file`` stores a document and returns its digest."""
    entries = tuple(written(entry, file) for entry in log.entries)
    return WrittenLog(
        lab=log.lab, attempt=log.attempt, engine=log.engine, began=log.began, entries=entries, seed=log.seed
    )


def restored_log(log: WrittenLog | _Evidence, documents: Documents) -> Log:
    """The log from its serialised form and these documents. Raises :class:`~labcheck.errors.InvalidEvidence`."""
    entries: list[Entry] = []
    before: Before = ((), ())
    for given in log.entries:
        entries.append(entry := restored(given, documents.__getitem__, before))
        if isinstance(given, WrittenLook) and isinstance(entry, Look):
            before = given.answers, entry.snapshot.answers
    return Log(log.lab, log.began, tuple(entries), log.engine, log.attempt, seed=log.seed)


def canonical(value: object) -> bytes:
    """The value as JSON with sorted keys: the bytes that are hashed."""
    try:
        return msgspec.json.encode(value, order="deterministic")
    except UnicodeEncodeError as error:
        raise InvalidEvidence("This cannot be stored: it is not valid UTF-8.", "Use UTF-8.") from error
    except (TypeError, OverflowError, RecursionError) as error:
        raise InvalidEvidence(f"This cannot be stored: {said(error)}.", "Please report it.") from error


def written(entry: Entry, file: Callable[[Document], str], kept: dict[int, WrittenAnswer] | None = None) -> Written:
    """The entry in its serialised form; ``file`` stores a document and returns its digest.

    Answers that are ``kept`` by their ``id`` from other looks are written once; they must exist as long as it does.
    """
    kept = {} if kept is None else kept
    match entry:
        case Look(at, until, snapshot, took):
            for answer in snapshot.answers:
                if id(answer) not in kept:
                    kept[id(answer)] = _written_answer(answer, file)
            return WrittenLook(at, until, tuple(kept[id(answer)] for answer in snapshot.answers), took)
        case Happened(document):
            return WrittenEvent(file(document))
        case _:
            return entry


def restored(entry: Written, find: Find, before: Before = ((), ())) -> Entry:
    """The entry from its serialised form; ``find`` returns the document of a digest, or raises ``KeyError``.

    Answers that the look ``before`` had at the same place are the same objects, so that each is read once.
    """
    try:
        match entry:
            case WrittenLook(at, until, given, took):
                again = zip(given, *before, strict=False)
                answers = [saw if it == was else _restored(it, find) for it, was, saw in again]
                answers += [_restored(it, find) for it in given[len(answers) :]]
                return Look(at, until, Snapshot(tuple(answers)), took)
            case WrittenEvent(document):
                return Happened(find(document))
            case _:
                return entry
    except KeyError as error:
        raise InvalidEvidence("A document that this evidence refers to is missing from it.", REMEDY) from error


def _parsed(data: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(data, type=ready(kind))
    except (ValueError, RecursionError) as error:
        raise _unreadable(error) from error


def _written_answer(answer: Answer, file: Callable[[Document], str]) -> WrittenAnswer:
    found = None if answer.found is None else file(answer.found)
    if answer.unknown is None:
        return WrittenAnswer(answer.query, found)
    return WrittenAnswer(answer.query, found, answer.unknown.reason, msgspec.to_builtins(answer.unknown.cause))


def _restored(answer: WrittenAnswer, find: Find) -> Answer:
    return Answer(answer.query, None if answer.found is None else find(answer.found), answer.why)


REMEDY = "Ask for the file again, exactly as labcheck wrote it: this one was truncated or edited."


def _unknown_schema(schema: int) -> InvalidEvidence:
    return InvalidEvidence(
        f"This evidence has schema {schema}, but this labcheck reads only {READ.start} to {SCHEMA}.",
        "Use a newer labcheck." if schema > SCHEMA else REMEDY,
    )


def _too_large() -> InvalidEvidence:
    limit = f"{MAX_BYTES // 1024**2} MiB or {MAX_ENTRIES} entries"
    return InvalidEvidence(f"This evidence is larger than {limit}.", "Start a new attempt, and send that one.")


def _unreadable(error: Exception) -> InvalidEvidence:
    return InvalidEvidence(f"This cannot be read as evidence: {said(error)}.", REMEDY)


def said(error: Exception) -> str:
    """The error's message, shortened and without control characters: it may quote a stranger's text."""
    return "".join(char if char.isprintable() else "?" for char in str(error)[:MAX_SAID])
