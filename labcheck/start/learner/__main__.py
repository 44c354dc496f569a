"""The course's own process, as the learner: it lays out the notebooks, starts JupyterLab, and records.

Ctrl-C, SIGTERM and closing the terminal end JupyterLab, and thereby this process. Nothing here needs root.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType

from labcheck.errors import LabcheckError, NotebookError
from labcheck.home import home, opening
from labcheck.notebook.layout import lay_out
from labcheck.render.printable import lines
from labcheck.sandbox.exit_codes import how_ended
from labcheck.sandbox.last_error import last_error
from labcheck.start.learner.jupyterlab import JupyterLab
from labcheck.start.learner.prompt import TICKS
from labcheck.start.learner.recorder import record
from labcheck.start.learner.single_user import SingleUser

GRACE = 4.0
"""For how many seconds JupyterLab may take to end its kernels and itself."""
REFUSED = 2


def main(arguments: Sequence[str]) -> int:
    """Run the course with the notebooks in the folder ``arguments[0]``; ``arguments[1]`` is a folder in memory.

    A third argument, ``hub``, says that a JupyterHub started this.
    """
    folder, place = map(Path, arguments[:2])
    kind = SingleUser if arguments[2:] == ["hub"] else JupyterLab
    jupyterlab = kind(folder, home() / "jupyter", place)
    try:
        for laid in lay_out(folder):
            if laid.sentence:
                _say(f"labcheck: {laid.sentence}")
        _prepare(jupyterlab)
    except LabcheckError as error:
        _tell(error)
        return REFUSED
    return _run(jupyterlab)


def _prepare(jupyterlab: JupyterLab) -> None:
    try:
        jupyterlab.prepare(os.environ)
    except OSError as error:
        raise NotebookError(
            f"JupyterLab's settings cannot be written in {jupyterlab.settings} ({error.strerror}).",
            "Free some space there and make sure that the folder is yours, or set LABCHECK_HOME to another folder.",
        ) from error


def _run(jupyterlab: JupyterLab) -> int:
    with jupyterlab.log.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - JupyterLab
            jupyterlab.command(),
            env=jupyterlab.environment(os.environ),
            cwd=jupyterlab.folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    end = _EndWhenAsked(process)
    record(_tell, jupyterlab.place / TICKS)
    code = end.wait()
    if end.was_asked or code == 0:
        return 0
    _tell(_ended(jupyterlab, code))
    return 1


def _ended(jupyterlab: JupyterLab, code: int) -> NotebookError:
    """Why it ended although nobody asked it to."""
    if code < 0:
        return NotebookError(
            f"JupyterLab was killed from outside ({how_ended(code)}); perhaps this machine ran out of memory. "
            "What you did is kept, and each notebook is as you last saved it.",
            f"To continue: {opening()}",
        )
    words = last_error(jupyterlab.log.read_text(encoding="utf-8", errors="replace"))
    return NotebookError(f"JupyterLab ended ({words}).", f"Its log is {jupyterlab.log}. To continue: {opening()}")


class _EndWhenAsked:
    """Ends JupyterLab, if necessary by force, when a signal asks for it.

    Closing a terminal sends several at once, each of which interrupts what the one before began. So nothing here takes
    a lock, as an event or a timer's thread would: it would be held by whom it interrupts.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self.was_asked = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._end)
        signal.signal(signal.SIGALRM, self._force)

    def wait(self) -> int:
        """Its exit code, once it has ended.

        Nothing is forced then: an alarm that came while Python itself ends, without its handlers, would kill us.
        """
        code = self._process.wait()
        signal.setitimer(signal.ITIMER_REAL, 0)
        return code

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        if not self.was_asked:
            self.was_asked = True
            signal.setitimer(signal.ITIMER_REAL, GRACE)
            self._process.terminate()

    def _force(self, _number: int, _frame: FrameType | None) -> None:
        self._process.kill()


def _tell(error: LabcheckError) -> None:
    _say("\n  ".join(filter(None, [f"labcheck: {error}", error.remedy])))


def _say(text: str) -> None:
    """Print it, with control characters from a log or a folder's name escaped."""
    with suppress(OSError):  # the terminal may be gone
        sys.stderr.write("".join(f"{line}\n" for line in lines(text)))
        sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
