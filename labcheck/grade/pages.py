"""A page for each learner, written by the process that judged it, since only that has what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

import msgspec

from labcheck.errors import OutputError
from labcheck.files import write_whole
from labcheck.gradebook import Marked
from labcheck.lab import Lab
from labcheck.render import feedback
from labcheck.render.marks import file_name
from labcheck.report import Deed
from labcheck.submission import Submission
from labcheck.timeline import timeline

FOLDER: Final = "feedback"
PAGES: Mapping[str, tuple[str, Callable[[Marked, feedback.Deeds], str]]] = MappingProxyType(
    {"feedback": ("html", feedback.page), "markdown": ("md", feedback.markdown)}
)
"""The forms of a page, each with the ending of its file."""


class Pages(msgspec.Struct, frozen=True):
    """Which pages to write, and where: ``folder`` is that of the gradebook."""

    folder: Path
    forms: tuple[str, ...] = ()

    def prepare(self) -> None:
        """Make the folder. Raises :class:`OutputError`."""
        try:
            if self.forms:
                (self.folder / FOLDER).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(self.folder, error) from error

    def write(self, marked: Marked, deeds: feedback.Deeds) -> None:
        """Write those of this learner. Raises :class:`OutputError`."""
        for form in self.forms:
            ending, render = PAGES[form]
            file = self.folder / FOLDER / f"{file_name(marked)}.{ending}"
            try:
                write_whole(file, render(marked, deeds).encode("utf-8", "backslashreplace"))
            except OSError as error:
                raise _unwritable(file, error) from error


def deeds(labs: Sequence[tuple[str, Lab]], submission: Submission, marked: Marked) -> dict[str, tuple[Deed, ...]]:
    """What was done in the attempt that counts, for each lab."""
    found = {(log.lab, log.attempt): log for log in submission.logs}
    logs = {name: found[name, mark.attempt] for name, _ in labs if (mark := marked.lab(name))}
    return {name: timeline(lab.drawn(logs[name].seed), logs[name]) for name, lab in labs if name in logs}


def _unwritable(file: Path, error: OSError) -> OutputError:
    return OutputError.at(file, error, "Choose another folder with -o.")
