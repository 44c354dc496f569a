"""What a learner hands in: the logs of their attempts, who they are, and what shows whether anything was changed.

It holds no verdicts: whoever grades it judges the logs again. :mod:`labcheck.submission_file` is its file.
"""

from __future__ import annotations

import hmac
from typing import Annotated, Final, TypeAlias

import msgspec

from labcheck.chain import Seal
from labcheck.evidence import Documents
from labcheck.log import Log
from labcheck.report import rfc3339

MAX_NAME: Final = 200
Name: TypeAlias = Annotated[str, msgspec.Meta(max_length=MAX_NAME)]


class Learner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who hands it in: an id that the class knows, and a name for people. Either may be empty."""

    id: Name = ""
    name: Name = ""


class Filing(msgspec.Struct, frozen=True):
    """How the log of an attempt was filed."""

    order: tuple[int, ...] = ()
    """The place of each entry in the order of filing, from 1; empty where that is the log's own."""
    seal: Seal = Seal()
    is_whole: bool = True
    """Whether the log is as it was sealed."""


class Signature(msgspec.Struct, frozen=True):
    """What a submission is signed with, and the digest of what is signed."""

    code: str
    signed: str

    def fits(self, key: bytes) -> bool:
        """Whether it was made with this key, for exactly this submission."""
        return hmac.compare_digest(self.code, signed_with(key, self.signed))


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
    filings: tuple[Filing, ...] = ()
    """How each log was filed; empty if none is sealed."""
    redacted: Documents = {}
    """Those of the logs' documents that are not as they were filed, by the digest of what was."""
    signature: Signature | None = None

    @property
    def when(self) -> str:
        """When it was written, in RFC 3339."""
        return rfc3339(self.submitted_at)

    def attempts(self, lab: str) -> tuple[Log, ...]:
        """The logs of all attempts at this lab, the oldest first."""
        return tuple(log for log in self.logs if log.lab == lab)


def signed_with(key: bytes, signed: str) -> str:
    """The signature of what has this digest, with this key."""
    return hmac.new(key, f"labcheck submission {signed}".encode(), "sha256").hexdigest()
