"""A report as JUnit XML, which GitLab, GitHub's reporters and Jenkins read: a lab is a suite, a step a test case.

There is no single schema for it; this uses what Jenkins' (junit-10.xsd) and Surefire's have in common. Points are
properties of the suite, because those schemas allow no properties in a test case.
"""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree as ET

from labcheck.render import wording
from labcheck.render.printable import lines, prose
from labcheck.report import Report, StepReport
from labcheck.verdict import Outcome, Verdict

ELEMENTS = {Outcome.FAIL: "failure", Outcome.INCONCLUSIVE: "error", Outcome.SKIP: "skipped"}


def render(report: Report) -> str:
    """The report as JUnit XML, in ASCII, so that no encoding can corrupt it."""
    counted = Counter(step.outcome for step in report.steps)
    numbers = {
        "tests": str(len(report.steps)),
        "failures": str(counted[Outcome.FAIL]),
        "errors": str(counted[Outcome.INCONCLUSIVE]),
    }
    name = f"labcheck.{prose(report.lab)}"
    suites = ET.Element("testsuites", {"name": "labcheck", **numbers})
    skipped = str(counted[Outcome.SKIP])
    suite = ET.SubElement(suites, "testsuite", {"name": name, **numbers, "skipped": skipped, "time": "0"})
    if looked_at := wording.instant(report.looked_at):
        suite.set("timestamp", f"{looked_at:%Y-%m-%dT%H:%M:%S}")
    _properties(suite, report)
    for step in report.steps:
        _case(suite, step, name)
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(suites, encoding="us-ascii").decode()}\n'


def _properties(suite: ET.Element, report: Report) -> None:
    properties = ET.SubElement(suite, "properties")
    named: dict[str, object] = {
        "title": report.title,
        "attempt": report.attempt,
        "points": report.points,
        "max_points": report.max_points,
    }
    if report.best is not None:
        named |= {"best.attempt": report.best.attempt, "best.points": report.best.points}
    for step in report.steps:
        named |= {f"{step.id}.points": step.points, f"{step.id}.max_points": step.max_points}
        if step.tries is not None:
            named[f"{step.id}.tries"] = step.tries
        for it in step.shown:
            named[f"{step.id}.{it.what}"] = it.at
    for name, value in named.items():
        ET.SubElement(properties, "property", {"name": prose(name), "value": prose(str(value))})


def _case(suite: ET.Element, step: StepReport, classname: str) -> None:
    name = f"{prose(step.id)}: {prose(step.title)}"
    case = ET.SubElement(suite, "testcase", {"classname": classname, "name": name, "time": "0"})
    if step.outcome in ELEMENTS:
        focus = wording.explained(step, wording.state(step))
        message = " ".join(part for part in (focus.demand, focus.reason) if part) or focus.heading
        kind = prose(step.trouble.diagnosis or "") if step.trouble else ""
        problem = ET.SubElement(case, ELEMENTS[step.outcome], {"message": message, "type": kind or step.outcome})
        problem.text = "\n".join(line for verdict in step.checks for line in _told(step, verdict))


def _told(step: StepReport, verdict: Verdict) -> list[str]:
    told = [f"{'  ' if index else ''}{text}" for index, text in enumerate(wording.details(step, verdict))]
    told += [f"  $ {line}" for command in verdict.fix.commands for line in lines(command)]
    return told + [f"  {line}" for line in lines(verdict.fix.advice)]
