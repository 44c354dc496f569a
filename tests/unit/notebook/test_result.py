"""What a cell shows is the same for the same state: no time, no number of an attempt, no colour."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from labcheck.notebook.result import Result, hinted, reported, solved
from labcheck.report import Report
from tests.support.reports import REPORTS

EVERY = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)


def both(result: Result) -> tuple[str, str]:
    return repr(result), result._repr_html_()


def at_another_time(report: Report) -> Report:
    """The same state, reached at other times and in another attempt."""
    time = "2031-05-06T01:02:03Z"
    steps = tuple(
        replace(step, done_at=step.done_at and time, broken_since=step.broken_since and time) for step in report.steps
    )
    return replace(report, attempt=77, looked_at=report.looked_at and time, steps=steps)


@EVERY
def test_the_same_state_gives_the_same_bytes(report: Report) -> None:
    assert both(reported(report)) == both(reported(at_another_time(report)))


@EVERY
def test_it_is_plain(report: Report) -> None:
    for text in both(reported(report)):
        assert not re.search(r"\x1b|\b\d\d:\d\d\b", text)
    assert not repr(reported(report)).endswith("\n")


def test_what_broke_is_still_said_to_be_broken() -> None:
    assert all("broken" in text for text in both(reported(REPORTS["broken"])))


def test_a_hint_is_wrapped_for_a_terminal_and_one_paragraph_on_a_page() -> None:
    text, html = both(hinted("-a removes <none> " * 20))
    assert max(map(len, text.splitlines())) <= 100
    assert html.count("<p>") == 1
    assert "&lt;none&gt;" in html


def test_a_solution_is_its_commands_a_line_each() -> None:
    text, html = both(solved("docker pull a\ndocker run a && echo $HOME\n"))
    assert text == "    docker pull a\n    docker run a && echo $HOME"
    assert "<code>docker pull a\ndocker run a &amp;&amp; echo $HOME</code>" in html
    assert "mathjax_ignore" in html
