"""Every exception labcheck raises, in one tree.

Trouble outside labcheck (an engine that is down, a registry that answers 500) is evidence, not an exception. Exceptions
are for bad input and for surroundings we cannot work in, so each carries one sentence and one remedy.

::

    LabcheckError                 anything labcheck refuses, with a remedy
    ├── InvalidReference          this is not an image reference (also a ValueError)
    ├── InvalidLab                a lab file that cannot be used (also a ValueError)
    ├── InvalidPage               the page of a mistake that cannot be used (also a ValueError)
    ├── UnknownName               no lab, step or mistake is called that (also a LookupError)
    ├── InvalidEvidence           a recorded log that cannot be read (also a ValueError)
    ├── JournalError              the journal cannot be read or written
    │   ├── DamagedJournalError   its contents are not what was filed
    │   └── FullDiskError         nothing can be added to it; what it holds is safe
    ├── OutputError               the output cannot be written
    │   └── ReaderEndedError      the reader has closed the pipe, as in `labcheck explain | head`
    ├── SandboxError              the course's own engine cannot be made, used or removed
    ├── NotebookError             a command or a check in a cell failed, or a notebook cannot be read or laid out
    └── Refused                   labcheck could, but will not without being told to
"""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 100
"""How many characters of a name are compared with others; comparing two long names takes long."""


class LabcheckError(Exception):
    """Something labcheck refuses: ``str(error)`` is one sentence, ``error.remedy`` says what to do about it."""

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(sentence)
        self.remedy = remedy

    @property
    def in_one_line(self) -> str:
        """The sentence, and the remedy behind it."""
        return f"{self} {self.remedy}".strip()

    def _render_traceback_(self) -> list[str]:
        """What IPython shows instead of a traceback, as in the terminal: the sentence, and the remedy below it."""
        return [f"labcheck: {self}", *(f"  {line}".rstrip() for line in self.remedy.splitlines())]


class InvalidReference(LabcheckError, ValueError):  # noqa: N818 - named as in Docker's own message
    """A text that Docker would not accept as an image reference.

    ``mended`` is what to write, where that is certain; ``kind`` is what is wrong (:mod:`labcheck.refusal`).
    """

    def __init__(self, sentence: str, remedy: str = "", mended: str = "", kind: str = "") -> None:
        super().__init__(sentence, remedy)
        self.mended = mended
        self.kind = kind


class InvalidLab(LabcheckError, ValueError):  # noqa: N818 - as above
    """A lab file that cannot be used; the sentence names the file and the place in it."""


class InvalidPage(LabcheckError, ValueError):  # noqa: N818 - as above
    """The page of a mistake that cannot be used; the sentence names the file and the place in it."""


class UnknownName(LabcheckError, LookupError):  # noqa: N818 - as above
    """No lab, step or mistake is called that. The remedy suggests similar names, and says where to see all."""

    def __init__(self, sentence: str, name: str, known: Iterable[str], there_is: str) -> None:
        """``known`` are the names there are, and ``there_is`` says where to see them all."""
        near = _near(name, known)
        super().__init__(sentence, f"Did you mean {' or '.join(near)}? {there_is}" if near else there_is)


class InvalidEvidence(LabcheckError, ValueError):  # noqa: N818 - as above
    """Recorded evidence that cannot be read: damaged, or of a schema this version does not know."""


class JournalError(LabcheckError):
    """The journal cannot be read or written: damaged, locked, or the disk is full."""


class DamagedJournalError(JournalError):
    """The journal's contents are not what was filed."""


class FullDiskError(JournalError):
    """The disk is full, so nothing can be added to the journal."""


class OutputError(LabcheckError):
    """The output cannot be written: it is closed, or its disk is full."""

    @classmethod
    def at(cls, place: object, error: OSError, remedy: str) -> OutputError:
        """This place cannot be written, for the system's own reason."""
        return cls(f"{place} cannot be written: {error.strerror}.", remedy)


class ReaderEndedError(OutputError):
    """The program that read labcheck's output has ended, as ``head`` does: not an error, and nobody to tell."""


class SandboxError(LabcheckError):
    """The course's own engine cannot be made, used or removed."""


class NotebookError(LabcheckError):
    """A command or a check in a notebook's cell failed, or a notebook cannot be read, recorded or laid out."""


class Refused(LabcheckError):  # noqa: N818 - as above
    """Something labcheck will not do without being told to, for instance to remove things without confirmation."""


def _near(name: str, known: Iterable[str]) -> list[str]:
    """Names that this one may be a misspelling of, the closest first."""
    from difflib import get_close_matches  # noqa: PLC0415 - needed only for a misspelling; every start would pay for it

    names = {one.lower(): one for one in known}
    return [names[one] for one in get_close_matches(str(name)[:LONGEST].lower(), names)]
