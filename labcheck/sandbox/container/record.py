"""Whether this home of the course has a container, and which: one small file in it.

Without it nobody asks the learner's engine. It is written once they agreed to the first container.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path

import msgspec

from labcheck.files import PRIVATE, write_whole
from labcheck.home import claimed, home
from labcheck.owner import behind_sudo
from labcheck.ready import ready

NOBODY = "saved"
"""The label's value of an image that was built before any container was agreed to."""


class Record(msgspec.Struct, frozen=True):
    """The value of the label on everything that this home made in the learner's engine."""

    id: str


def read() -> str:
    """The label's value; the empty string if no container was ever agreed to."""
    with suppress(OSError, msgspec.MsgspecError):
        return msgspec.json.decode(_path().read_bytes(), type=ready(Record)).id
    return ""


def write() -> str:
    """Note that it was agreed to; returns the label's value. Raises ``OSError``."""
    made = Record(secrets.token_hex(6))
    claimed()
    write_whole(_path(), msgspec.json.encode(made), mode=PRIVATE, owner=behind_sudo())
    return made.id


def _path() -> Path:
    return home() / "container.json"
