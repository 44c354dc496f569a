"""What a wall has heard of each learner of a class: the newest message only, so memory does not grow with time.

It is kept in one file beside the class file, with the page's token. Damaged or of another class, it starts over: each
learner tells all again within seconds.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Self

import msgspec

from labcheck import classroom, member
from labcheck.files import PRIVATE, write_whole
from labcheck.ready import ready
from labcheck.share.where import Told, Where, is_signed

SUFFIX: Final = ".wall.json"
MAX_BYTES: Final = 64 * 1024**2


class Heard(msgspec.Struct, frozen=True):
    """The newest message of a learner, and when it came, in seconds of the wall's clock."""

    number: int
    at: float
    where: Where


class Kept(msgspec.Struct, frozen=True):
    """The file."""

    token: str
    heard: dict[str, Heard] = {}


class Refusal(msgspec.Struct, frozen=True):
    """Why a message does not count."""

    is_older: bool = False
    """It came after a newer one; otherwise it is of nobody in the class, or not signed by them."""


class Register:
    """Who is in the class, and what was heard of them."""

    def __init__(self, names: dict[str, str], file: Path, keys: Mapping[str, bytes] | None = None) -> None:
        """``names`` are those of the class's learners, by their ids, and ``keys`` what each signs with."""
        self.names, self._keys, self._file = names, keys or {}, file
        kept = _read(file)
        self.token = kept.token if kept else secrets.token_urlsafe(24)
        self._heard = dict(kept.heard) if kept else {}
        self._is_fresh = kept is None

    @classmethod
    def of(cls, it: classroom.Classroom, file: Path) -> Self:
        """For this class."""
        keys = {learner.id: member.key(it.secret, learner.id) for learner in it.learners}
        return cls({learner.id: learner.name for learner in it.learners}, file, keys)

    def hear(self, content: bytes, code: str, now: float) -> Refusal | None:
        """Take in a message with its signature; ``now`` is in seconds of our clock. Raises ``MsgspecError``."""
        told = msgspec.json.decode(content, type=ready(Told))
        key = self._keys.get(told.learner)
        if key is None or not is_signed(key, content, code):
            return Refusal()
        return self.learn(told.learner, told.number, told.where, now)

    def learn(self, learner: str, number: int, where: Where, now: float) -> Refusal | None:
        """Take in what is known to come from this learner."""
        before = self._heard.get(learner)
        if before and before.number >= number:
            return Refusal(is_older=True)
        self._heard[learner] = Heard(number, now, where)
        self._is_fresh = True
        return None

    def __iter__(self) -> Iterator[tuple[str, Heard | None]]:
        """Each learner of the class by id, with the newest that was heard of them."""
        return ((learner, self._heard.get(learner)) for learner in self.names)

    def keep(self) -> None:
        """Write the file if anything is new. Raises ``OSError``."""
        if self._is_fresh:
            content = msgspec.json.encode(Kept(self.token, self._heard))
            write_whole(self._file, content, mode=PRIVATE)
            self._is_fresh = False


def beside(class_file: Path) -> Path:
    """The file of the class's wall."""
    return class_file.with_suffix(SUFFIX)


def _read(file: Path) -> Kept | None:
    try:
        with file.open("rb") as stream:
            return msgspec.json.decode(stream.read(MAX_BYTES), type=ready(Kept))
    except (OSError, ValueError, RecursionError):
        return None
