"""A class file: the secret from which the learners' keys are computed, and a join code for each. Only for instructors.

It is JSON, so that the codes can be copied or mailed from it: ``class`` is the schema, 1.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Final

import msgspec

from labcheck.errors import Refused
from labcheck.files import PRIVATE, write_whole
from labcheck.member import MAX_NAME, Member, Name, key
from labcheck.ready import ready

SCHEMA: Final = 1
SECRET: Final = 32
"""Bytes of a secret."""
MAX_BYTES: Final = 32 * 1024**2
REMEDY: Final = "Name the file that labcheck class new wrote."


class Enrolled(msgspec.Struct, frozen=True):
    """A learner of the class, and the code with which they join."""

    id: Name
    name: Name
    code: str


class Classroom(msgspec.Struct, frozen=True, rename={"schema": "class"}):
    """A class."""

    secret: Annotated[bytes, msgspec.Meta(min_length=SECRET, max_length=SECRET)]
    learners: tuple[Enrolled, ...]
    schema: int = SCHEMA


def new(learners: Iterable[tuple[str, str]]) -> Classroom:
    """A class of these learners, each with an id and a name, with a secret of its own."""
    return with_secret(os.urandom(SECRET), learners)


def with_secret(secret: bytes, learners: Iterable[tuple[str, str]]) -> Classroom:
    """A class with this secret: the same learners have the same codes. Raises :class:`Refused`."""
    learners = tuple(learners)
    if too_long := next((it for both in learners for it in both if len(it) > MAX_NAME), None):
        raise Refused(f"An id and a name have at most {MAX_NAME} characters: {too_long[:20]} ...", "Shorten it.")
    return Classroom(secret, tuple(Enrolled(it, name, _member(secret, it, name).code) for it, name in learners))


def write(classroom: Classroom, file: Path) -> None:
    """Write the file, which only its owner can read. Raises ``OSError``."""
    write_whole(file, msgspec.json.format(msgspec.json.encode(classroom), indent=1) + b"\n", mode=PRIVATE)


def read(file: Path) -> Classroom:
    """The class in this file. Raises :class:`Refused`."""
    try:
        with file.open("rb") as stream:
            found = msgspec.json.decode(stream.read(MAX_BYTES), type=ready(Classroom))
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.", REMEDY) from error
    except (ValueError, RecursionError) as error:
        raise Refused(f"{file} is not a class file.", REMEDY) from error
    if found.schema != SCHEMA:
        raise Refused(f"The class file {file} is of schema {found.schema}, and this labcheck reads 1.", REMEDY)
    return found


def _member(secret: bytes, learner: str, name: str) -> Member:
    return Member(learner, name, key(secret, learner))
