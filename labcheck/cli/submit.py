"""Commands about what is handed in: write it to a file, and say what such a file contains."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from labcheck.cli.terminal import width, zone
from labcheck.errors import InvalidEvidence, OutputError
from labcheck.files import write_whole
from labcheck.home import journal
from labcheck.journal import Journal
from labcheck.render.submission import told
from labcheck.submission import MAX_BYTES, Learner, Submission, decode, encode
from labcheck.submit import submission

ENDING = ".labcheck"


def submit(options: argparse.Namespace) -> int:
    """Write what was recorded to one file, and say what is in it."""
    learner = Learner(options.learner, options.name)
    with Journal(journal()) as filed:
        handed = submission(filed, options.labs, learner, time.time_ns())
    file = Path(options.output or _called(handed))
    data = encode(handed)
    try:
        write_whole(file, data)
    except OSError as error:
        raise OutputError(f"{file} cannot be written: {error.strerror}.", "Choose another with -o.") from error
    print(told(handed, len(data), width=width(), zone=zone()), end="")
    print(f"\nWritten to {file}.")
    return 0


def show(options: argparse.Namespace) -> int:
    """Say what a file that was handed in contains."""
    data = _read(Path(options.file))
    print(told(decode(data), len(data), width=width(), zone=zone()), end="")
    return 0


def _called(handed: Submission) -> str:
    """A file's name: the learner's id, as far as it can be part of one."""
    name = "".join(char if char.isascii() and (char.isalnum() or char in "-_.@") else "-" for char in handed.learner.id)
    return f"{name.strip('.') or 'submission'}{ENDING}"


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InvalidEvidence(f"{file} cannot be read: {error.strerror}.", "Name a submission.") from error
