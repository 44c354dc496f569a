"""One file -> what its submission comes to, or why it is not gradable. Whatever is in it costs nobody else anything."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from labcheck.errors import LabcheckError
from labcheck.grade.mark import marks
from labcheck.grade.rules import Rules
from labcheck.gradebook import Marked, NotGradable
from labcheck.lab import Lab
from labcheck.submission import MAX_BYTES, decode


def graded(file: Path, labs: Sequence[tuple[str, Lab]], rules: Rules) -> Marked | NotGradable:
    """What the submission in this file comes to."""
    try:
        with file.open("rb") as stream:
            submission = decode(stream.read(MAX_BYTES + 1))
        return Marked(
            learner=submission.learner,
            file=file.name,
            submitted_at=submission.when,
            labs=marks(labs, submission, rules),
        )
    except LabcheckError as error:
        return NotGradable(file=file.name, why=str(error))
    except OSError as error:
        return NotGradable(file=file.name, why=f"It cannot be read: {error.strerror}.")
