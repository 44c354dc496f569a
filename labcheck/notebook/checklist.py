"""The checklist in a notebook: static HTML, live in the course's page."""

from __future__ import annotations

from msgspec.structs import replace

from labcheck.lab import Lab
from labcheck.notebook.ladder import told
from labcheck.notebook.live import Live
from labcheck.notebook.result import Result, timeless
from labcheck.render.checklist import checklist as html
from labcheck.render.terminal import render
from labcheck.report import Report


def checklist(lab: Lab, report: Report) -> Live:
    """How this lab stands; what is stored of it does not depend on earlier attempts."""
    shown = told(lab, replace(timeless(report), best=None))
    return Live("live", Result(render(shown).rstrip("\n"), html(shown)), lab=lab.slug)
