"""Whatever a report holds, every format shows it, safely."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from labcheck.render import FORMATS
from labcheck.render.as_html import html_fragment
from labcheck.render.terminal import changes, render
from labcheck.report import Report, State, StepReport
from labcheck.verdict import Fix, Outcome, Verdict

# Lone surrogates included: Python makes them of bytes that are no UTF-8, and JSON can spell them.
TEXTS = st.text(st.characters(exclude_categories=()), max_size=30) | st.sampled_from(
    [
        "",
        "?",
        "é",
        "\x1b[2J",
        "<b>",
        "]]>",
        "a\nb",
        "\ud800",
        "x" * 300,
        "2026-03-02T10:40:00Z",
        "0001-01-01T00:00:00+23:59",
    ]
)
POINTS = st.integers(0, 20)
VERDICTS = st.builds(
    Verdict,
    title=TEXTS,
    outcome=st.sampled_from(Outcome),
    expected=TEXTS,
    actual=TEXTS,
    diagnosis=st.none() | TEXTS,
    why=TEXTS,
    fix=st.builds(Fix, commands=st.lists(TEXTS, max_size=2).map(tuple), advice=TEXTS),
)
IDS = st.sampled_from(["a", "b", "c", "\x00<id>"])
STEPS = st.builds(
    StepReport,
    id=IDS,
    title=TEXTS,
    outcome=st.sampled_from(Outcome),
    done=st.booleans(),
    done_at=st.none() | TEXTS,
    holds_now=st.none() | st.booleans(),
    broken_since=st.none() | TEXTS,
    points=POINTS,
    max_points=POINTS,
    state=st.sampled_from(State),
    checks=st.lists(VERDICTS, max_size=3).map(tuple),
)
ANY_REPORT = st.builds(
    Report,
    lab=TEXTS,
    title=TEXTS,
    attempt=st.integers(0, 9),
    looked_at=st.none() | TEXTS,
    outcome=st.sampled_from(Outcome),
    points=POINTS,
    max_points=POINTS,
    next=st.none() | IDS,
    steps=st.lists(STEPS, max_size=4).map(tuple),
)


@given(ANY_REPORT)
def test_every_format_shows_any_report_and_lets_no_control_character_through(report: Report) -> None:
    for text in (*(form(report) for form in FORMATS.values()), html_fragment(report), render(report)):
        assert all(char.isprintable() or char == "\n" for char in text)
        assert text.endswith("\n")
        text.encode("utf-8")


@given(ANY_REPORT)
def test_json_decodes_to_the_same_report(report: Report) -> None:
    assert msgspec.convert(json.loads(FORMATS["json"](report)), Report) == report


@given(ANY_REPORT)
def test_junit_is_xml_with_a_case_a_step(report: Report) -> None:
    text = FORMATS["junit"](report)
    assert text.isascii()
    suites = ET.fromstring(text)  # noqa: S314 - our own text
    assert len(list(suites.iter("testcase"))) == len(report.steps)


@given(ANY_REPORT, ANY_REPORT)
def test_changes_are_said_of_any_two_reports(before: Report, after: Report) -> None:
    assert changes(before, before) == ""
    assert all(char.isprintable() or char == "\n" for char in changes(before, after))
