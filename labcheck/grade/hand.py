"""One file -> what its submission comes to, or why it is not gradable. Whatever is in it costs nobody else anything."""

from __future__ import annotations

import stat
from pathlib import Path

import msgspec

from labcheck.errors import InvalidEvidence, LabcheckError
from labcheck.grade.flags import Class, flags
from labcheck.grade.mark import marks
from labcheck.grade.pages import deeds
from labcheck.grade.rules import Rules
from labcheck.grade.shared import traces
from labcheck.grade.workers import MEMORY, SECONDS, TooLong, limited
from labcheck.gradebook import Marked, NotGradable
from labcheck.lab import Lab
from labcheck.render.feedback import Deeds
from labcheck.submission_file import MAX_BYTES, decode


class Graded(msgspec.Struct, frozen=True):
    """What a submission comes to, what is compared with others, and what was done in each lab, if that is wanted."""

    marked: Marked
    traces: tuple[int, ...]
    deeds: Deeds = {}


class Judge(msgspec.Struct, frozen=True):
    """By what a submission is judged; with ``tells``, what was done is told, too."""

    labs: tuple[tuple[str, Lab], ...]
    rules: Rules
    known: Class | None = None
    tells: bool = False


def graded(file: Path, by: Judge) -> Graded | NotGradable:
    """What the submission in this file comes to."""
    try:
        with limited(SECONDS):
            return _graded(file, by)
    except LabcheckError as error:
        why = str(error)
    except OSError as error:
        why = f"It cannot be read: {error.strerror}."
    except TooLong:
        why = f"Judging it takes longer than {SECONDS:g} seconds."
    except MemoryError:
        why = f"Judging it takes more than {MEMORY // 1024**2} MiB of memory."
    except Exception as error:  # noqa: BLE001 - it is a stranger's; nobody else may pay for what it makes labcheck do
        why = f"labcheck cannot judge it ({type(error).__name__}). Please report it."
    return NotGradable(file=file.name, why=why)


def lost(file: Path) -> NotGradable:
    """What is said of a file that ended the process that judged it."""
    return NotGradable(file=file.name, why="Judging it took so long or so much that its process ended.")


def _graded(file: Path, by: Judge) -> Graded:
    about = file.stat()
    if not stat.S_ISREG(about.st_mode):
        raise InvalidEvidence("It is not a file.")
    with file.open("rb") as stream:
        submission = decode(stream.read(min(about.st_size, MAX_BYTES) + 1))
    marked = Marked(
        learner=submission.learner,
        file=file.name,
        submitted_at=submission.when,
        labs=marks(by.labs, submission, by.rules),
        flags=tuple(flags(submission, by.labs, by.known)),
    )
    return Graded(marked, traces(submission), deeds(by.labs, submission, marked) if by.tells else {})
