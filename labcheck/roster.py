"""Who is in a class: a CSV file with a line for each learner, whose columns ``id`` and ``name`` labcheck reads.

Other columns are kept as they are: a learning platform may need one of them to know the learner again.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Final

import msgspec

from labcheck.errors import Refused

MAX_BYTES: Final = 32 * 1024**2
EXAMPLE: Final = "Its first line names the columns, as in: id,name"


class Enrolled(msgspec.Struct, frozen=True):
    """A learner of the class."""

    id: str
    name: str = ""
    columns: Mapping[str, str] = {}
    """What the other columns say."""


class Roster(msgspec.Struct, frozen=True):
    """The learners of a class, by their ids, in the order of the file."""

    learners: dict[str, Enrolled] = {}


def read(file: Path) -> Roster:
    """The roster in this file. Raises :class:`Refused` if it cannot be read as one."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refused(f"The roster {file} cannot be read: {error.strerror}.", "Name another file.") from error
    try:
        if len(data) > MAX_BYTES:
            raise Refused(f"The roster {file} is larger than {MAX_BYTES // 1024**2} MiB.", EXAMPLE)
        return parsed(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Refused(f"The roster {file} is not in UTF-8.", "Save it as CSV UTF-8.") from error


def parsed(text: str) -> Roster:
    """The roster in this text. Raises :class:`Refused`."""
    comma = ";" if ";" in text.partition("\n")[0] else ","
    rows = csv.DictReader(StringIO(text, newline=""), delimiter=comma, restkey="", restval="")
    learners: dict[str, Enrolled] = {}
    try:
        if "id" not in (rows.fieldnames or ()):
            raise Refused("The roster has no column id.", EXAMPLE)
        for row in rows:
            others = {name: text for name, text in row.items() if name not in {"", "id", "name"}}
            one = Enrolled(row["id"].strip(), row.get("name", "").strip(), others)
            if not one.id or one.id in learners:
                problem = f"has {one.id!r} twice" if one.id else "has nobody's id"
                raise Refused(
                    f"Line {rows.line_num} of the roster {problem}.", "Give each learner one line and one id."
                )
            learners[one.id] = one
    except csv.Error as error:
        raise Refused(f"The roster cannot be read: {error}.", EXAMPLE) from error
    return Roster(learners)
