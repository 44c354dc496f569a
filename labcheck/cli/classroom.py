"""The command that makes a class file, with a join code for each learner of a roster."""

from __future__ import annotations

import argparse
from pathlib import Path

from labcheck import classroom
from labcheck.errors import OutputError
from labcheck.render.printable import visible
from labcheck.roster import read


def new(options: argparse.Namespace) -> int:
    """Write the class file. If it exists, its learners become those of the roster, and their codes stay."""
    file = Path(options.output)
    learners = [(it.id, it.name) for it in read(Path(options.roster)).learners.values()]
    known = classroom.read(file) if file.exists() else None
    made = classroom.with_secret(known.secret, learners) if known else classroom.new(learners)
    try:
        classroom.write(made, file)
    except OSError as error:
        raise OutputError(f"{file} cannot be written: {error.strerror}.", "Choose another with -o.") from error
    print(
        f"{len(learners)} learners are in {visible(str(file))}, each with a code to join with: labcheck join CODE\n"
        "Give each learner their own, and the file to nobody: whoever has it can sign for everybody."
    )
    return 0
