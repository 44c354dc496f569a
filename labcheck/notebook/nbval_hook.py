"""How ``pytest --nbval`` tests our notebooks; a notebook that does not use labcheck is left alone.

- Its lab is reset before the first cell, so that the second run finds what the first one found.
- Its exercises are filled in before they run. The file stays as it is.
- What may differ is replaced (``sanitise.cfg``), unless ``--nbval-sanitize-with`` names another file.
- It runs in the Python that pytest runs in, unless ``--nbval-kernel-name`` names another kernel.
- A cell has 120 s, not nbval's 2000 s, unless ``--nbval-cell-timeout`` says otherwise.
- A kernel that dies is noticed within a second; nbval would wait for it as long as for a cell.
- A cell is named by its place and by its number in JupyterLab, ``Cell 7 [3]``.
- What a lesson promises its lab must hold: see :mod:`labcheck.notebook.contract`.
- All notebooks are run by one process, and each cell once, in the notebook's order.
- What would prove nothing fails: see :mod:`labcheck.notebook.guard`; and, while it runs, a cell that was too slow, a
  magic that is unknown, an exception that does not come, and output that nothing was stored of.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from queue import Empty

import pytest
from nbval.kernel import CURRENT_ENV_KERNEL_NAME  # type: ignore[import-untyped]  # nbval has no types
from nbval.plugin import IPyNbCell, IPyNbFile  # type: ignore[import-untyped]  # as above

from labcheck.errors import LabcheckError
from labcheck.notebook.contract import breaches
from labcheck.notebook.guard import RAISES, has_failed, misuse, problems
from labcheck.notebook.page import Code, codes, is_ours
from labcheck.notebook.play import Play, play
from labcheck.notebook.result import KIND
from labcheck.notebook.sanitise import patterns

NBVAL_TIMEOUT = 2000
"""nbval's own default, which does not count as a choice."""
TIMEOUT = 120
HEARTBEAT = 1.0
ALONE = "Notebooks share one engine, so one process runs them all. Leave out -n, or add -p no:xdist."
ORDER = "its cells are run in their order, and no others in between. Leave out what changes the order of tests."
ONCE = "a cell that is run again finds what it did the first time, and proves nothing. Leave out what reruns tests."


class NbvalHook:
    """Takes part in collecting and running the notebooks."""

    def __init__(self) -> None:
        self._plays: dict[pytest.Collector, Play] = {}
        self._begun: dict[pytest.Collector, str] = {}
        self._ran: set[pytest.Item] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Refuse a notebook that would prove nothing."""
        report = yield
        if isinstance(collector, IPyNbFile) and report.passed and is_ours(collector.nb):
            found = [ALONE] if hasattr(collector.config, "workerinput") else problems(collector.nb)
            try:
                self._plays[collector] = played = play(collector.nb)
                found += breaches(collector.nb, played.lab, played.variable) if played.lab else []
            except LabcheckError as error:
                found.append(_sentence(error))
            if found:
                said = "\n".join(f"{collector.path.name}: {it}" for it in found)
                report.outcome, report.result, report.longrepr = "failed", [], said
            _prepare(collector)
            report.result = [_named(item) for item in report.result]
        return report

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Refuse to run cells in another order than the notebook's. Raises :class:`pytest.UsageError`."""
        places = {id(item): place for place, item in enumerate(items)}
        for notebook in self._plays:
            mine = [item for item in items if isinstance(item, IPyNbCell) and item.parent is notebook]
            order = [(item.cell_num, places[id(item)] - place) for place, item in enumerate(mine)]
            if order != sorted(order) or len({gap for _, gap in order}) > 1:
                raise pytest.UsageError(f"{notebook.path.name}: {ORDER}")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Start the notebook's lab over before its first cell; if that fails, none of its cells is run."""
        notebook = item.parent
        if notebook not in self._plays:
            return
        if item in self._ran:
            pytest.fail(f"{notebook.path.name}, {item.name}: {ONCE}", pytrace=False)
        self._ran.add(item)
        if notebook not in self._begun:
            self._begun[notebook] = self._begin(notebook)
        if self._begun[notebook]:
            pytest.fail(self._begun[notebook], pytrace=False)

    def _begin(self, notebook: pytest.Collector) -> str:
        """Why it could not start; empty if it could."""
        try:
            self._plays[notebook] = self._plays[notebook].begin()
        except LabcheckError as error:
            return _sentence(error)
        return ""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        """Fill the cell if it is an exercise; fail it if it passed without proving anything."""
        if not isinstance(item, IPyNbCell) or item.parent not in self._plays or item.options["skip"]:
            return (yield)
        try:
            item.cell.source = self._plays[item.parent].source(Code(item.cell_num, item.cell))
        except LabcheckError as error:
            item.raise_cell_error(_sentence(error))
        had_timed_out = item.parent.timed_out
        with _deadline(item.config), _heartbeat(item):
            result = yield
        if item.parent.timed_out and not had_timed_out:
            item.raise_cell_error("The cell was too slow and hid that.")
        for problem in _hidden(item):
            item.raise_cell_error(problem)
        return result


def _named(item: pytest.Item | pytest.Collector) -> pytest.Item | pytest.Collector:
    """The cell, called as JupyterLab shows it."""
    if not isinstance(item, IPyNbCell):
        return item
    code = codes(item.parent.nb)[item.cell_num]
    cell: pytest.Item = IPyNbCell.from_parent(
        item.parent, name=code.place, cell_num=code.number, cell=item.cell, options=item.options
    )
    return cell


def _prepare(notebook: IPyNbFile) -> None:
    """The defaults of nbval for this notebook, unless somebody chose otherwise."""
    options = notebook.config.option
    notebook.skip_compare += (KIND,)
    if options.nbval_sanitize_with is None:
        notebook.sanitize_patterns.update(patterns())
    if options.nbval_kernel_name is None:
        notebook.nb.metadata["kernelspec"] = {"name": CURRENT_ENV_KERNEL_NAME}


def _hidden(cell: IPyNbCell) -> Iterator[str]:
    """Why the cell, which nbval let pass, proves nothing."""
    if said := misuse(cell.test_outputs):
        yield said
    if cell.options["check_exception"] and not has_failed(cell.test_outputs):
        yield f"The cell is tagged {RAISES}, and nothing was raised."
    if cell.test_outputs and not cell.cell.outputs:
        yield "The cell prints, but the notebook has no output for it: it was stripped, or never recorded."


@contextmanager
def _deadline(config: pytest.Config) -> Iterator[None]:
    chosen = config.option.nbval_cell_timeout
    config.option.nbval_cell_timeout = TIMEOUT if chosen == NBVAL_TIMEOUT else chosen
    try:
        yield
    finally:
        config.option.nbval_cell_timeout = chosen


@contextmanager
def _heartbeat(cell: IPyNbCell) -> Iterator[None]:
    """Wait for the cell as nbval does, but no longer than its kernel lives."""
    kernel = cell.parent.kernel
    wait = kernel.await_reply

    def await_reply(message: str, timeout: float) -> None:
        deadline = time.monotonic() + timeout
        while kernel.is_alive():
            try:
                wait(message, timeout=min(HEARTBEAT, max(0, deadline - time.monotonic())))
            except Empty:
                if time.monotonic() > deadline:
                    raise
            else:
                return
        cell.raise_cell_error("The kernel died.")

    kernel.await_reply = await_reply
    try:
        yield
    finally:
        kernel.await_reply = wait


def _sentence(error: LabcheckError) -> str:
    return error.in_one_line
