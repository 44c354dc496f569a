"""A gradebook as JUnit XML: a suite for each learner's lab, a test case for each step (:mod:`labcheck.render.junit`).

A step that is excused is skipped, one that is undecided is an error: neither is a failure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from labcheck.gradebook import Gradebook, LabMark, Marked, StepMark
from labcheck.points import span
from labcheck.render.marks import Word, who, word
from labcheck.render.printable import prose
from labcheck.render.results import told

ELEMENTS: Final = {
    Word.UNDECIDED: "error",
    Word.OPEN: "failure",
    Word.PART: "failure",
    Word.LATE: "failure",
    Word.PLAYED: "failure",
    Word.LATER: "skipped",
    Word.EXCUSED: "skipped",
}


def render(book: Gradebook) -> Iterator[str]:
    """The report, in ASCII, a suite at a time."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="labcheck">\n'
    for marked in book.marked:
        for lab in marked.labs:
            yield ET.tostring(_suite(marked, lab), encoding="us-ascii").decode() + "\n"
    yield "</testsuites>\n"


def _suite(marked: Marked, lab: LabMark) -> ET.Element:
    elements = [ELEMENTS.get(word(step)) for step in lab.steps]
    counts = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    numbers = {name: str(elements.count(element)) for name, element in counts.items()}
    name = f"{who(marked)}: {prose(lab.title)}"
    suite = ET.Element("testsuite", {"name": name, "tests": str(len(lab.steps)), **numbers, "time": "0"})
    if marked.submitted_at:
        suite.set("timestamp", marked.submitted_at[:19])
    properties = ET.SubElement(suite, "properties")
    known = {"learner": prose(marked.learner.id), "lab": prose(lab.lab), "points": span(lab.points, lab.at_most)}
    for key, value in {**known, "max_points": str(lab.max_points)}.items():
        ET.SubElement(properties, "property", {"name": key, "value": value})
    for step in lab.steps:
        _case(suite, f"labcheck.{prose(lab.lab)}", step)
    return suite


def _case(suite: ET.Element, classname: str, step: StepMark) -> None:
    name = f"{prose(step.id)}: {prose(step.title)}"
    case = ET.SubElement(suite, "testcase", {"classname": classname, "name": name, "time": "0"})
    if element := ELEMENTS.get(word(step)):
        kind = prose(step.trouble.diagnosis or "") if step.trouble else ""
        rows = told(step).splitlines()
        problem = ET.SubElement(case, element, {"message": rows[0], "type": kind or word(step)})
        problem.text = "\n".join(rows)
