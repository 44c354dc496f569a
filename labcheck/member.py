"""A learner as a member of a class: their key, the join code that brings it, and what the course knows them by.

The instructor's class file has a secret, from which each learner's key is computed. A join code has the key, the id
and the name; ``labcheck join`` keeps them in the course's home, where only its owner can read them. From then on
submissions are signed with the key, and each attempt's seed is computed from it: so values that were drawn for somebody
else show.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Annotated, Final

import msgspec

from labcheck import seed
from labcheck.digest import hexadecimal
from labcheck.errors import Refused
from labcheck.files import PRIVATE, write_whole
from labcheck.home import claimed, home
from labcheck.owner import behind_sudo
from labcheck.ready import ready

FILE: Final = "member.json"
KEY: Final = 16
"""Bytes of a key."""
CHECKED: Final = 4
"""Bytes of a join code that show whether it is whole."""
MAX_NAME: Final = 200
MAX_BYTES: Final = 4096

Name = Annotated[str, msgspec.Meta(max_length=MAX_NAME)]


class Member(msgspec.Struct, frozen=True, array_like=True):
    """A learner of a class: the id and name that the class has, and their key."""

    id: Name
    name: Name
    key: Annotated[bytes, msgspec.Meta(min_length=KEY, max_length=KEY)]

    @property
    def code(self) -> str:
        """The join code: letters and digits, to be pasted."""
        from base64 import b32encode  # noqa: PLC0415 - only an instructor needs it

        content = msgspec.msgpack.encode(self)
        return b32encode(_check(content) + content).decode().rstrip("=").lower()

    def seed(self, lab: str, attempt: int) -> str:
        """The seed of their attempt of this number at this lab, which is known by its file's name."""
        return _derived(self.key, f"seed\0{PurePath(lab).name}\0{attempt}").hex()[:16]


def key(secret: bytes, learner: str) -> bytes:
    """The key of the learner of this id, in the class with this secret."""
    return _derived(secret, f"learner\0{learner}")[:KEY]


def member(code: str) -> Member:
    """The member whose join code this is. Raises :class:`Refused`."""
    from base64 import b32decode  # noqa: PLC0415 - only whoever joins needs it

    packed = "".join(code.split()).upper()
    try:
        data = b32decode(packed + "=" * (-len(packed) % 8))
        content = data[CHECKED:]
        if _check(content) == data[:CHECKED]:
            return msgspec.msgpack.decode(content, type=ready(Member))
    except ValueError:
        pass
    raise Refused("This is not a join code, or not a whole one.", "Copy it again, from its first to its last letter.")


def join(new: Member) -> None:
    """Keep who the course's learner is. Raises ``OSError``."""
    write_whole(claimed() / FILE, msgspec.json.encode(new), mode=PRIVATE, owner=behind_sudo())


def joined() -> Member | None:
    """Who has joined; nobody where the file cannot be read, as for another user."""
    try:
        with (home() / FILE).open("rb") as file:
            return msgspec.json.decode(file.read(MAX_BYTES), type=ready(Member))
    except (OSError, ValueError):
        return None


def drawn(lab: str, attempt: int) -> str:
    """The seed of an attempt that begins now: the one that is given, the member's, or one of its own."""
    now = None if seed.given() else joined()
    return now.seed(lab, attempt) if now else seed.fresh()


def _derived(secret: bytes, about: str) -> bytes:
    import hmac  # noqa: PLC0415 - loads OpenSSL, which takes longer than judging a lab

    return hmac.digest(secret, f"labcheck {about}".encode(), "sha256")


def _check(content: bytes) -> bytes:
    return bytes.fromhex(hexadecimal(content))[:CHECKED]
