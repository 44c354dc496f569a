"""The sample class: twelve learners who played three labs in twelve ways, to try grading with.

It was really played; ``tests/classroom/ways.yaml`` says what each typed, and which points that must come to.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from labcheck.errors import OutputError
from labcheck.files import write_whole

FOLDER: Final = Path(__file__).with_name("sample")
UNTIL: Final = "until.txt"


def copied(folder: Path) -> None:
    """Put the sample class into this folder: what was handed in, the roster, the class file. What is there stays.

    Raises :class:`OutputError`.
    """
    try:
        for file in sorted(path for path in FOLDER.rglob("*") if path.is_file() and path.name != UNTIL):
            target = folder / file.relative_to(FOLDER)
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                write_whole(target, file.read_bytes())
    except OSError as error:
        raise OutputError.at(folder, error, "Name another folder.") from error


def until() -> str:
    """The class's deadline, in RFC 3339."""
    return (FOLDER / UNTIL).read_text(encoding="utf-8").strip()
