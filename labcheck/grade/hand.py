"""One file -> what its submission comes to, or why it is not gradable. Whatever is in it costs nobody else anything."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path

import msgspec

from labcheck.errors import InvalidEvidence, LabcheckError
from labcheck.grade.flags import Class, flags
from labcheck.grade.mark import marks
from labcheck.grade.rules import Rules
from labcheck.grade.shared import Trace, traces
from labcheck.grade.workers import MEMORY, SECONDS, TooLong, limited
from labcheck.gradebook import Marked, NotGradable
from labcheck.lab import Lab
from labcheck.submission import MAX_BYTES, decode


class Graded(msgspec.Struct, frozen=True):
    """What a submission comes to, and what is compared with others."""

    marked: Marked
    traces: tuple[Trace, ...]


def graded(
    file: Path, labs: Sequence[tuple[str, Lab]], rules: Rules, known: Class | None = None
) -> Graded | NotGradable:
    """What the submission in this file comes to."""
    try:
        with limited(SECONDS):
            return _graded(file, labs, rules, known)
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


def _graded(file: Path, labs: Sequence[tuple[str, Lab]], rules: Rules, known: Class | None) -> Graded:
    if not stat.S_ISREG(file.stat().st_mode):
        raise InvalidEvidence("It is not a file.")
    with file.open("rb") as stream:
        submission = decode(stream.read(MAX_BYTES + 1))
    marked = Marked(
        learner=submission.learner,
        file=file.name,
        submitted_at=submission.when,
        labs=marks(labs, submission, rules),
        flags=tuple(flags(submission, labs, known)),
    )
    return Graded(marked, traces(submission))
