"""``lab = labcheck.open("push-and-pull")``: everything a notebook needs of a lab, in one object.

It is the interface to :mod:`labcheck.attempt` and adds nothing to it: each check is a look, and everyone else who looks
files in the same journal. The connections stay open from cell to cell; the journal is opened for each call, since a
cell may run in a thread of its own. Errors are one sentence; a notebook never shows a traceback of ours.
"""

from __future__ import annotations

import sys
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from labcheck import home
from labcheck.attempt import Attempt
from labcheck.errors import LabcheckError, NotebookError, Refused
from labcheck.journal import Journal
from labcheck.lab import Lab, load
from labcheck.mistake.known import bring
from labcheck.notebook.asked import asked, read_out
from labcheck.notebook.checklist import checklist
from labcheck.notebook.ladder import held_back, told
from labcheck.notebook.result import Result, going, hinted, plain, priced, reported, solved
from labcheck.notebook.spoken import in_cells
from labcheck.notebook.typed import load_ipython_extension
from labcheck.observe import Observer
from labcheck.plan import plan
from labcheck.progress import Moment
from labcheck.query import Certificate, Ping
from labcheck.render.printable import prose, visible
from labcheck.report import Report
from labcheck.snapshot import Found
from labcheck.verdict import Outcome
from labcheck.wait import repeat

if TYPE_CHECKING:
    from ipywidgets import VBox  # type: ignore[import-untyped]  # ipywidgets has no types

SETTLE = 2.0
"""How many seconds a registry may need to answer after its container started."""
TICK = 0.1


class OpenLab:
    """The current attempt at a lab, for the cells of a notebook."""

    def __init__(self, lab: Lab) -> None:
        self._lab = lab
        self._plan = plan(lab)
        self._observer = Observer(self._plan.subject)
        self._told: set[str] = set()
        weakref.finalize(self, self._observer.close)

    def __repr__(self) -> str:
        return f"labcheck.open({self._lab.slug!r})"

    def check(self, step: str | None = None, *, strict: bool = False) -> Result:
        """Look, and say how this step stands, or all of them.

        With ``strict``, the cell fails unless it passes: raises :class:`NotebookError`.
        """
        if step is not None:
            self._lab.step(step)
        with self._attempt() as attempt:
            whole = _settled(attempt, step)
        report = _about(whole, step)
        result = reported(self._first(report))
        if strict and report.outcome is not Outcome.PASS:
            raise NotebookError(
                f"The {'lab' if step is None else 'step'} {step or report.lab} is not done.", f"{result}"
            )
        return result

    def answer(self, step: str, *value: object) -> Result:
        """File the answer to a step's question, a text, a number or several names, and say whether it is right."""
        typed = _typed(value[0] if len(value) == 1 else value)
        with self._attempt() as attempt:
            report = attempt.answer(step, typed)
            question = attempt.question(step)
        about = report.only(step)
        return read_out(reported(told(self._lab, about)), about.outcome, question)

    def hint(self, step: str, *, yes: bool = False) -> Result:
        """A step's hint; the log records that it was shown. What it costs, if anything, is said first."""
        with self._attempt() as attempt:
            if (cost := attempt.cost(step, "hint")) and not yes:
                return priced("hint", cost, f'lab.hint("{step}", yes=True)')
            return hinted(attempt.shown(step, "hint"))

    def solution(self, step: str, *, yes: bool = False) -> Result:
        """A step's solution; the log records that it was shown. What it costs, if anything, is said first."""
        with self._attempt() as attempt:
            if (cost := attempt.cost(step, "solution")) and not yes:
                return priced("solution", cost, f'lab.solution("{step}", yes=True)')
            return solved(attempt.shown(step, "solution"))

    def goto(self, step: str, *, yes: bool = False) -> Result:
        """Bring the engine to where this step begins; what would be removed for that is listed first.

        With ``yes`` it is removed, and the solutions of the steps before are played, which gives no points. Raises
        :class:`Refused` if one of them fails.
        """
        from labcheck import rewind  # noqa: PLC0415 - only whoever goes somewhere needs it

        self._lab.step(step)
        with self._attempt() as attempt:
            found = rewind.found(attempt)
            if found and not yes:
                return going(found.by_kind, f'lab.goto("{step}", yes=True)')
            for played in rewind.rewind(attempt, step, found):
                print(f"playing: {prose(played.title)}", flush=True)  # noqa: T201 - a cell shows it at once
            report = attempt.look()
        return reported(told(self._lab, report.only(step)))

    def submit(self, learner: str = "", name: str = "") -> Result:
        """Write all attempts at this lab to one file in this folder, to hand it in, and say what is in it.

        Whoever has joined a class need not say who they are.
        """
        from labcheck.render.submission import told as contents  # noqa: PLC0415 - only whoever hands in needs it
        from labcheck.submission import Learner  # noqa: PLC0415 - as above
        from labcheck.submit import submit  # noqa: PLC0415 - as above

        written = submit([self._lab.slug], Learner(learner, name))
        return plain(f"{contents(written.submission, written.size)}\nWritten to {visible(str(written.file))}.")

    def widget(self) -> VBox:
        """The live checklist for other front ends than the course's page; an ``ipywidgets.VBox``.

        Raises :class:`NotebookError` where ipywidgets is not installed.
        """
        try:
            from labcheck.notebook.widget import widget  # noqa: PLC0415 - ipywidgets takes long, and few need it
        except ImportError:
            raise NotebookError("ipywidgets is not installed here.", "pip install ipywidgets") from None

        return widget(self._lab)

    def question(self, step: str) -> Result:
        """What a step asks, as it was drawn for this attempt, and how to answer."""
        with self._attempt() as attempt:
            return asked(step, attempt.question(step))

    def explorer(self, step: str) -> Result:
        """The question of this step, which asks for a name, with the explorer to find it and to hand it in."""
        from labcheck.notebook.explorer import exercise  # noqa: PLC0415 - only where somebody wants to see it

        return exercise(self._lab, step)

    @property
    def values(self) -> dict[str, str]:
        """The lab's values, as they were drawn for this attempt."""
        with self._attempt() as attempt:
            return dict(attempt.lab.values)

    def registry(self) -> Result:
        """What the lab's registry holds, drawn; see :func:`labcheck.registry`. Raises :class:`Refused`."""
        from labcheck.notebook.registry import registry  # noqa: PLC0415 - only where somebody wants to see it

        domains = sorted(self._plan.subject.domains)
        if not domains:
            raise Refused("This lab has no registry to look into.", 'Name one: labcheck.registry("localhost:5000")')
        return registry(domains[0])

    def timeline(self) -> Result:
        """What was done in this attempt, which step it completed, and where one broke."""
        from labcheck.notebook.timeline import timeline  # noqa: PLC0415 - only where somebody wants to see it

        return timeline(self._lab)

    def begin(self) -> None:
        """Look, and show the checklist."""
        with self._attempt() as attempt:
            report = attempt.look()
        if "IPython" in sys.modules:
            from IPython.display import display  # noqa: PLC0415 - only where it is loaded anyway

            display(checklist(self._lab, report))  # type: ignore[no-untyped-call]  # IPython's

    def _first(self, report: Report) -> Report:
        """The report; the first time that a step is not done, without the commands that solve it."""
        held = held_back(self._lab, report)
        if held is None or held in self._told:
            return told(self._lab, report, solved=True)
        self._told.add(held)
        return told(self._lab, report)

    @contextmanager
    def _attempt(self) -> Iterator[Attempt]:
        with Journal(home.journal()) as journal:
            attempt = Attempt(self._lab, journal, self._observer, self._plan)
            try:
                yield attempt
            except LabcheckError as error:
                error.remedy = in_cells(error.remedy, self._lab)
                raise
        self._lab, self._plan = attempt.lab, attempt.plan


def open(slug: str) -> OpenLab:  # noqa: A001 - labcheck.open reads as what it does
    """The lab of this name, for the cells of a notebook. The attempt starts here, if there is none yet.

    In IPython the cell magic ``%%terminal`` is there from now on. Raises :class:`UnknownName`.
    """
    read = load(slug)
    bring(read.slug)
    lab = OpenLab(read)
    if "IPython" in sys.modules:
        from IPython.core.getipython import get_ipython  # noqa: PLC0415 - only where it is loaded anyway

        shell = get_ipython()
        if shell is not None:
            load_ipython_extension(shell)
    lab.begin()
    return lab


def _settled(attempt: Attempt, step: str | None) -> Report:
    """The report on the whole lab, with repeated looks while a registry that was just started does not answer yet."""

    def looked() -> tuple[Moment, Report]:
        moment = attempt.looked()
        return moment, attempt.judged(moment)

    def is_settled(seen: tuple[Moment, Report]) -> bool:
        moment, report = seen
        return _about(report, step).outcome is Outcome.PASS or not _may_be_starting(attempt, moment)

    return repeat(looked, is_settled, SETTLE, every=TICK)[1]


def _may_be_starting(attempt: Attempt, moment: Moment) -> bool:
    """Whether nobody answers where a registry should, and a container started only a moment before the look."""
    past = moment.past
    starts = past.events("container/start")
    if not starts or past.looked - starts[-1].at > SETTLE * 1e9:
        return False
    return any(
        not isinstance(past.now(query), Found)
        for query in attempt.plan.queries
        if isinstance(query, Ping | Certificate)
    )


def _about(report: Report, step: str | None) -> Report:
    return report if step is None else report.only(step)


def _typed(value: object) -> str:
    """The answer as it would be typed in a terminal."""
    if value in (..., None, "", ()):
        raise Refused("There is no answer yet.", "Put it instead of the dots, for instance 3 or 'one, two'.")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(map(str, value))
    return str(value)
