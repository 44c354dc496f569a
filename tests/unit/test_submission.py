"""What is handed in comes back as it was, or is refused with one sentence."""

from __future__ import annotations

import gzip
import json
import lzma
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from labcheck import evidence
from labcheck.chain import Seal, sealed
from labcheck.errors import InvalidEvidence
from labcheck.evidence import Filed
from labcheck.log import Gap, Head, Log, Look
from labcheck.query import Subject
from labcheck.redact import Redaction
from labcheck.submission import Filing, Learner, Submission
from labcheck.submission_file import MAX_BYTES, decode, encode
from tests.support import recorded
from tests.support.logs import pull

SUBMITTED = Submission(
    Learner("ann", "Ann Example"),
    1_700_000_000_123_000_000,
    {"push-and-pull": "sha256:0"},
    tuple(recorded.log(name) for name in ("solved", "untouched")),
    "0.1.0",
)


def _packed(content: bytes) -> bytes:
    """Compressed as a submission is."""
    return lzma.compress(content, preset=0)


def _edited(change: str, to: str) -> bytes:
    content = lzma.decompress(encode(SUBMITTED)).decode()
    before, found, after = content.rpartition(change)
    assert found
    return _packed(f"{before}{to}{after}".encode())


def test_it_comes_back_as_it_was() -> None:
    assert decode(encode(SUBMITTED)) == SUBMITTED
    assert encode(SUBMITTED) == encode(decode(encode(SUBMITTED)))


def test_documents_are_shared_by_all_attempts() -> None:
    twice = Submission(SUBMITTED.learner, 1, {}, (recorded.log("solved"),) * 2)
    documents = json.loads(lzma.decompress(encode(twice)))["documents"]
    assert len(lzma.decompress(encode(twice))) < 2 * len(json.dumps(documents)) + 60_000
    assert decode(encode(twice)).logs[0] == decode(encode(twice)).logs[1]


def test_it_is_small() -> None:
    assert len(encode(SUBMITTED)) < 20_000


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "xz compressed"),
    "not packed": (lambda: b"{}", "xz compressed"),
    "cut off": (lambda: encode(SUBMITTED)[:-9], "not complete"),
    "something after it": (lambda: encode(SUBMITTED) + b"more", "something was added"),
    "empty": (lambda: _packed(b"{}"), "cannot be read"),
    "of a later schema": (lambda: _packed(b'{"submission":99}'), "schema 99"),
    "deep": (lambda: _packed(b"[" * 100_000), "cannot be read"),
    "an id twice": (lambda: _edited('"ann"', '"bob","id":"ann"'), "edited"),
    "a space": (lambda: _edited('"ann"', ' "ann"'), "edited"),
    "a long signature": (lambda: _edited('"signature":""', f'"signature":"{"é" * 64}"'), "cannot be read"),
    "another image": (lambda: _edited("nginx", "nginy"), "not the one that was recorded"),
    "no time": (lambda: _edited('"submitted_at":1700000000123000000', '"submitted_at":1e400'), "cannot be read"),
    "packed otherwise": (lambda: gzip.compress(b"{}", mtime=0), "xz compressed"),
    "too long": (lambda: b"x" * (MAX_BYTES + 1), "larger than"),
    "too long inside": (lambda: _packed(b" " * (100 * 1024**2)), "larger than"),
}
"""How each is made, when it is tried, and what is said of it."""


@pytest.mark.parametrize("name", REFUSED)
def test_what_labcheck_did_not_write_is_refused(name: str) -> None:
    made, said = REFUSED[name]
    with pytest.raises(InvalidEvidence, match=said):
        decode(made())


KEY = bytes(range(16))


def test_a_signature_shows_every_change() -> None:
    signed = decode(encode(SUBMITTED, KEY)).signature
    assert signed is not None
    assert signed.fits(KEY)
    assert not signed.fits(bytes(16))
    for name in ("bob", "ann "):
        other = decode(encode(replace(SUBMITTED, learner=Learner(name, "Ann Example")), KEY)).signature
        assert other is not None
        assert not replace(other, code=signed.code).fits(KEY)
    assert decode(encode(SUBMITTED)).signature is None
    assert replace(decode(encode(SUBMITTED, KEY)), signature=None) == SUBMITTED


def _sealed(log: Log, order: tuple[int, ...] = ()) -> Filing:
    written = [evidence.written(entry, Filed().file) for entry in log.entries]
    filed = [entry for _, entry in sorted(zip(order, written, strict=True), key=lambda it: it[0])] if order else written
    head = Head(log.lab, log.attempt, log.engine, log.began, log.seed)
    return Filing(order, sealed(Seal(), head, filed, 0))


def test_a_seal_shows_every_change() -> None:
    log = recorded.log("solved")
    swapped = (2, 1, *range(3, len(log.entries) + 1))
    for filing in (_sealed(log), _sealed(log, swapped)):
        whole = Submission(Learner(), 0, {}, (log,), filings=(filing,))
        assert decode(encode(whole)) == whole
        for other in (
            replace(log, entries=log.entries[:-1]),
            replace(log, seed="other"),
            replace(log, entries=(log.entries[1], log.entries[0], *log.entries[2:])),
        ):
            order = filing.order[: len(other.entries)]
            edited = Submission(Learner(), 0, {}, (other,), filings=(replace(filing, order=order),))
            assert [it.is_whole for it in decode(encode(edited)).filings] == [False]


def test_what_is_redacted_is_sealed_as_it_was_filed() -> None:
    log = recorded.log("registry-missing-in-name")
    redaction = Redaction([Subject()])
    handed = Submission(Learner(), 0, {}, (redaction.log(log),), filings=(_sealed(log),), redacted=redaction.redacted)
    assert redaction.redacted
    assert decode(encode(handed)) == handed
    assert encode(decode(encode(handed))) == encode(handed)


@pytest.mark.parametrize("order", [(1,), (1, 1), (0, 1), (-1, 2), (2, 3)])
def test_an_order_that_is_none_is_refused(order: tuple[int, ...]) -> None:
    log = replace(recorded.log("solved"), entries=recorded.log("solved").entries[:2])
    with pytest.raises(InvalidEvidence, match="order of filing"):
        decode(encode(Submission(Learner(), 0, {}, (log,), filings=(Filing(order, Seal("x")),))))


@pytest.mark.parametrize("at", [-1, 2**62 + 1, 10**30])
def test_a_time_that_cannot_be_one_is_refused(at: int) -> None:
    looked = Look(1, at, recorded.log("solved").looks[0].snapshot)
    for log in (Log("lab", 1, (looked,)), Log("lab", at), Log("lab", 1, (Gap(at),)), Log("lab", 1, (pull(at),))):
        with pytest.raises(InvalidEvidence):
            decode(encode(Submission(Learner(), 0, {}, (log,))))
