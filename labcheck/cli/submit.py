"""Commands about what is handed in: join a class, write a submission to a file, say what such a file contains."""

from __future__ import annotations

import argparse
from pathlib import Path

from labcheck.cli.terminal import width, zone
from labcheck.errors import InvalidEvidence, OutputError, Refused
from labcheck.home import home
from labcheck.member import FILE, joined, member
from labcheck.member import join as joining
from labcheck.render.printable import prose, visible
from labcheck.render.submission import told
from labcheck.submission import Learner
from labcheck.submission_file import MAX_BYTES, decode
from labcheck.submit import submit as submitted


def submit(options: argparse.Namespace) -> int:
    """Write what was recorded to one file, and say what is in it."""
    file = Path(options.output) if options.output else None
    written = submitted(options.labs, Learner(options.learner, options.name), file)
    print(told(written.submission, written.size, width=width(), zone=zone()), end="")
    print(f"\nWritten to {visible(str(written.file))}.")
    return 0


def show(options: argparse.Namespace) -> int:
    """Say what a file that was handed in contains."""
    data = _read(Path(options.file))
    print(told(decode(data), len(data), width=width(), zone=zone()), end="")
    return 0


def join(options: argparse.Namespace) -> int:
    """Bind the course on this machine to the learner whose code this is."""
    new, now = member(options.code), joined()
    if now and now.id != new.id:
        raise Refused(
            f"This course belongs to {now.id}, who joined a class with it.",
            f"For somebody else, set LABCHECK_HOME to a folder of theirs; or remove {home() / FILE} first.",
        )
    try:
        joining(new)
    except OSError as error:
        raise OutputError.at(home(), error, "Set LABCHECK_HOME to another.") from error
    who = " ".join(filter(None, (prose(new.name), f"({prose(new.id)})")))
    print(f"This course is now {who}'s. labcheck submit signs what you hand in; keep the code to yourself.")
    return 0


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InvalidEvidence(f"{file} cannot be read: {error.strerror}.", "Name a submission.") from error
