"""``lab.widget()``: the live checklist in other front ends than the course's page, such as VS Code.

They have no extension of ours, so the kernel moves it: an ipywidgets widget that follows the journal from a thread. It
lives as long as its kernel; a notebook that is opened again shows it once its cell has run again.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from ipywidgets import HTML, Button, VBox  # type: ignore[import-untyped]  # ipywidgets has no types

from labcheck.attempt import opened
from labcheck.errors import LabcheckError
from labcheck.lab import Lab
from labcheck.notebook.board import Board, lab_board
from labcheck.notebook.checklist import checklist
from labcheck.report import Report

_STYLE = Path(__file__).with_name("labextensions") / "labcheck" / "static" / "live.css"
"""That of the course's page; its colours are the front end's, or else plain ones."""
_BOARDS: dict[str, Board[Report]] = {}
"""One thread for a lab, however often its widget is shown."""


def widget(lab: Lab) -> VBox:
    """How this lab stands, now and after each look that anybody takes, above a button that looks."""
    shown, button = HTML(), Button(description="Check now", tooltip="Look, and say how the lab stands")

    def hear(news: Report | LabcheckError) -> None:
        shown.value = _html(lab, news)

    def look(_pressed: Button) -> None:
        try:
            with opened(lab) as attempt:
                hear(attempt.look())
        except LabcheckError as error:
            hear(error)

    button.on_click(look)
    _BOARDS.setdefault(lab.slug, lab_board(lab)).join(hear)
    return VBox([shown, button])


def _html(lab: Lab, news: Report | LabcheckError) -> str:
    if isinstance(news, LabcheckError):
        return _styled(f"<p>{escape(news.in_one_line)}</p>")
    return _styled(checklist(lab, news)._repr_html_())


def _styled(html: str) -> str:
    return f'<style>{_STYLE.read_text(encoding="utf-8")}</style>\n<div class="labcheck-live">{html}</div>'
