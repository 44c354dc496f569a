"""The checklist in a notebook: a widget that answers, over static HTML for every reader that has no widgets.

Both are in one output. A page with JupyterLab's widgets shows the live one, which speaks with JupyterLab's server (see
:mod:`labcheck.notebook.page_server`), not with the kernel; nbval, an exported page and a reader on the web have the
static one. The script is read as it is: nothing is built, and nothing is fetched.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import traitlets
from IPython.display import display
from msgspec.structs import replace

from labcheck.lab import Lab
from labcheck.notebook.ladder import told
from labcheck.notebook.result import timeless
from labcheck.render.checklist import checklist
from labcheck.render.terminal import render
from labcheck.report import Report

HERE = Path(__file__).parent


class Checklist(anywidget.AnyWidget):
    """How one lab stands, on the page."""

    _esm = (HERE / "checklist.js").read_text(encoding="utf-8")
    _css = (HERE / "checklist.css").read_text(encoding="utf-8")
    lab = traitlets.Unicode().tag(sync=True)
    html = traitlets.Unicode().tag(sync=True)
    placed = traitlets.Bool(default_value=False).tag(sync=True)
    """Whether its page has put a view of it beside the notebook."""
    text = ""

    def __init__(self, lab: Lab, report: Report) -> None:
        super().__init__(lab=lab.slug)
        self._lab = lab
        self.show(report)

    def show(self, report: Report) -> None:
        """Show how the lab stands by this report, where no server tells it."""
        # Earlier attempts are no part of how this one stands: what nbval compares must not depend on them.
        shown = told(self._lab, replace(timeless(report), best=None))
        self.text = render(shown).rstrip("\n")
        self.html = checklist(shown)

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:  # noqa: ANN401 - anywidget's
        bundle = super()._repr_mimebundle_(**options)
        if bundle is None:
            return None
        data, metadata = bundle
        return data | {"text/plain": self.text, "text/html": self.html}, metadata


def shown(lab: Lab, report: Report) -> Checklist:
    """The checklist of this lab, shown below the cell that runs."""
    made = Checklist(lab, report)
    display(made)  # type: ignore[no-untyped-call]  # IPython's
    return made
