"""What is handed in comes back as it was, or is refused with one sentence."""

from __future__ import annotations

import gzip
import json
import zlib

import pytest

from labcheck.errors import InvalidEvidence
from labcheck.submission import MAX_BYTES, Learner, Submission, decode, encode
from tests.support import recorded

SUBMITTED = Submission(
    Learner("ann", "Ann Example"),
    1_700_000_000_123_000_000,
    {"push-and-pull": "sha256:0"},
    tuple(recorded.log(name) for name in ("solved", "untouched")),
    "0.1.0",
)


def _edited(change: str, to: str) -> bytes:
    content = gzip.decompress(encode(SUBMITTED)).decode()
    before, found, after = content.rpartition(change)
    assert found
    return gzip.compress(f"{before}{to}{after}".encode())


def test_it_comes_back_as_it_was() -> None:
    assert decode(encode(SUBMITTED)) == SUBMITTED
    assert encode(SUBMITTED) == encode(decode(encode(SUBMITTED)))


def test_documents_are_shared_by_all_attempts() -> None:
    twice = Submission(SUBMITTED.learner, 1, {}, (recorded.log("solved"),) * 2)
    documents = json.loads(gzip.decompress(encode(twice)))["documents"]
    assert len(gzip.decompress(encode(twice))) < 2 * len(json.dumps(documents)) + 60_000
    assert decode(encode(twice)).logs[0] == decode(encode(twice)).logs[1]


def test_it_is_small() -> None:
    assert len(encode(SUBMITTED)) < 20_000


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not complete"),
        (b"{}", "compressed"),
        (encode(SUBMITTED)[:-9], "not complete"),
        (encode(SUBMITTED) + b"more", "something was added"),
        (gzip.compress(b"{}"), "cannot be read"),
        (gzip.compress(b'{"submission":99}'), "schema 99"),
        (gzip.compress(b"[" * 100_000), "cannot be read"),
        (_edited('"ann"', '"bob","id":"ann"'), "edited"),
        (_edited('"ann"', ' "ann"'), "edited"),
        (_edited("nginx", "nginy"), "not the one that was recorded"),
        (_edited('"submitted_at":1700000000123000000', '"submitted_at":1e400'), "cannot be read"),
        (zlib.compress(b"{}"), "compressed"),
        (b"x" * (MAX_BYTES + 1), "larger than"),
        (gzip.compress(b" " * (100 * 1024**2)), "larger than"),
    ],
)
def test_what_labcheck_did_not_write_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(InvalidEvidence, match=said):
        decode(data)
