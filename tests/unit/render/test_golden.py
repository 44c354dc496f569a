"""What people and programs read: one golden file per state and format, in ``golden/`` beside it.

``LABCHECK_GOLDEN=1 pytest tests/unit/render/test_golden.py`` writes them anew; the reviewer reads the difference.
"""

from __future__ import annotations

import json
import os
import re
from datetime import timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest

from labcheck.render import FORMATS, as_json, junit, terminal
from labcheck.render.as_html import html_fragment
from labcheck.report import Report
from tests.support.reports import HOLDS, REPORTS, STARTED, TAGGED_ONLY, made, no, step

GOLDEN = Path(__file__).parent / "golden"
SUFFIXES = {"terminal": "txt", "json": "json", "junit": "xml", "html": "html"}
EVERY = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", REPORTS)
def test_a_rendering_is_the_golden_one(name: str, kind: str) -> None:
    rendered = FORMATS[kind](REPORTS[name])
    golden = GOLDEN / f"{name}.{SUFFIXES[kind]}"
    if os.environ.get("LABCHECK_GOLDEN"):
        golden.write_text(rendered, encoding="utf-8")
    assert rendered == golden.read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    rendered = {file.name for file in GOLDEN.iterdir() if file.is_file()} - {"reports.py"}
    assert rendered == {f"{name}.{end}" for name in REPORTS for end in SUFFIXES.values()}


@EVERY
def test_at_most_three_lines_stand_before_the_command(report: Report) -> None:
    told = terminal.render(report)
    if report.open_step and (trouble := report.open_step.trouble) and trouble.fix.commands:
        before, command, _ = told.partition(f"\n\n    {trouble.fix.commands[0]}\n")
        if command:  # the hostile one is shown with escapes
            assert len(before.rpartition("\n\n")[2].splitlines()) <= 3


@EVERY
def test_prose_is_wrapped_and_a_command_is_a_line_of_its_own(report: Report) -> None:
    long = no("t", "words " * 60, "names " * 60, "docker push " + "x" * 200)
    told = terminal.render(msgspec.structs.replace(report, title="title " * 40)).splitlines()
    told += terminal.render(made(step("s", "title " * 40, long), STARTED)).splitlines()
    assert f"    docker push {'x' * 200}" in told
    assert all(len(line) <= 100 for line in told if "docker push xxx" not in line)


@EVERY
def test_colour_is_only_an_echo_of_words(report: Report) -> None:
    coloured = terminal.render(report, colour=True)
    assert re.sub(r"\x1b\[\d+m", "", coloured) == terminal.render(report)


def test_colour_marks_what_stands_in_the_list() -> None:
    assert "\x1b[31mbroken since 10:32 UTC\x1b[0m  Push" in terminal.render(REPORTS["broken"], colour=True)


def test_times_are_shown_in_the_readers_zone() -> None:
    zone = timezone(timedelta(hours=2))
    assert "broken since 12:32  Push" in terminal.render(REPORTS["broken"], zone=zone)
    tomorrow = msgspec.structs.replace(REPORTS["broken"], looked_at="2026-03-03T09:00:00Z")
    assert "broken since 2026-03-02 10:32 UTC  Push" in terminal.render(tomorrow)


def test_an_engine_that_is_down_is_said_once() -> None:
    told = terminal.render(REPORTS["could-not-look"])
    assert told.count("docker.sock") == 1
    assert told.lower().count("could not look") == 1


@pytest.mark.parametrize("kind", FORMATS)
def test_no_format_lets_a_control_character_or_a_tag_through(kind: str) -> None:
    told = FORMATS[kind](REPORTS["hostile"])
    assert [char for char in told if not (char.isprintable() or char == "\n")] == []
    assert kind in {"terminal", "json"} or "<script" not in told


def test_a_fragment_holds_only_what_an_untrusted_notebook_keeps() -> None:
    class Tags(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.seen: set[str] = set()

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.seen |= {tag, *(f"{tag} {name}" for name, _ in attrs)}
            assert not any("color" in (value or "") or "background" in (value or "") for _, value in attrs)

    tags = Tags()
    for report in REPORTS.values():
        tags.feed(html_fragment(report))
    assert tags.seen == {
        *("div", "p", "strong", "br", "pre", "code", "details", "summary", "ul", "li"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td"),
        *("span", "span class", "div class", "pre style", "caption style", "th scope", "th style", "td style"),
    }


def test_a_fragment_is_the_same_for_the_same_state_at_another_time() -> None:
    report = REPORTS["half-way"]
    steps = tuple(msgspec.structs.replace(one, done_at="2027-01-01T00:00:00Z") for one in report.steps)
    later = msgspec.structs.replace(report, attempt=7, looked_at="2027-01-01T00:00:01Z", steps=steps)
    assert html_fragment(later) == html_fragment(report)


def test_json_has_the_structure_that_was_promised() -> None:
    document = json.loads(as_json.render(REPORTS["half-way"]))
    assert document.keys() >= {"schema", "lab", "attempt", "outcome", "points", "max_points", "steps"}
    assert document["schema"] == 1
    keys = "id title outcome done done_at holds_now broken_since points max_points checks"
    assert document["steps"][2].keys() >= set(keys.split())
    assert document["steps"][2]["checks"][1] == {
        "title": HOLDS.format(name="httpd"),
        "outcome": "fail",
        "expected": "localhost:5000/httpd:latest in the registry, the same image as httpd:latest",
        "actual": "the registry holds no repository httpd",
        "diagnosis": "tagged-not-pushed",
        "why": TAGGED_ONLY,
        "fix": {"commands": ["docker push localhost:5000/httpd:latest"], "advice": ""},
    }
    described = json.loads(as_json.schema())["$defs"]
    assert list(described["Report"]["properties"]) == [*document, "seed", "costs"], "which this lab does not need"
    assert list(described["StepReport"]["properties"]) == list(document["steps"][0])


def test_junit_counts_what_it_holds() -> None:
    suites = ET.fromstring(junit.render(REPORTS["hostile"]))  # noqa: S314 - our own text
    suite = suites.find("testsuite")
    assert suite is not None
    counted = {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert counted == {"tests": "3", "failures": "1", "errors": "1", "skipped": "1"}
    assert [[child.tag for child in case] for case in suite.iter("testcase")] == [["failure"], ["error"], ["skipped"]]
    points = {one.get("name"): one.get("value") for one in suite.iter("property")}
    assert points["max_points"] == "6"
