"""Commands about a class: a file with a join code for each learner of a roster; a sample to try grading with."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from labcheck import classroom
from labcheck.errors import OutputError
from labcheck.grade import sample
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
        raise OutputError.at(file, error, "Choose another with -o.") from error
    print(
        f"{len(learners)} learners are in {visible(str(file))}, each with a code to join with: labcheck join CODE\n"
        "Give each learner their own, and the file to nobody: whoever has it can sign for everybody."
    )
    return 0


def sample_class(options: argparse.Namespace) -> int:
    """Copy the sample class, and print what to type to grade it."""
    folder = Path(options.folder)
    sample.copied(folder)
    shown, until = visible(shlex.quote(str(folder))), sample.until()
    print(
        f"Twelve learners have handed in. To grade them:\n"
        f"    labcheck grade {shown}/handed-in --class {shown}/class.json --until {until} --late 50 -o {shown}/out"
    )
    return 0
