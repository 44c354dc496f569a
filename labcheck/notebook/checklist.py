"""The checklist in a notebook: a widget (see :mod:`labcheck.notebook.widget`), live where a server answers its page."""

from __future__ import annotations

import traitlets
from IPython.display import display
from msgspec.structs import replace

from labcheck.lab import Lab
from labcheck.notebook.ladder import told
from labcheck.notebook.result import timeless
from labcheck.notebook.widget import Widget
from labcheck.render.checklist import checklist
from labcheck.render.terminal import render
from labcheck.report import Report


class Checklist(Widget):
    """How one lab stands, on the page."""

    placed = traitlets.Bool(default_value=False).tag(sync=True)
    """Whether the page has opened a view of it beside the notebook."""

    def __init__(self, lab: Lab, report: Report) -> None:
        super().__init__("live", lab=lab.slug)
        self._lab = lab
        self.show(report)

    def show(self, report: Report) -> None:
        """Show this report, if there is no server to update the page."""
        # What nbval compares must not depend on earlier attempts.
        shown = told(self._lab, replace(timeless(report), best=None))
        self.text = render(shown).rstrip("\n")
        self.html = checklist(shown)


def shown(lab: Lab, report: Report) -> Checklist:
    """The checklist of this lab, shown below the cell that runs."""
    made = Checklist(lab, report)
    display(made)  # type: ignore[no-untyped-call]  # IPython's
    return made
