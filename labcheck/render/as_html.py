"""A report as HTML: a fragment for a notebook's output, or a whole page.

A notebook that is not trusted strips scripts, ``<style>``, ARIA and SVG, and puts headings into its table of contents.
So the fragment uses only words and plain tables, sets no colour (it must be readable in light and dark themes), and
contains no time except the one at which something broke: the same state gives the same bytes.
"""

from __future__ import annotations

from datetime import UTC, tzinfo
from html import escape

from labcheck.render import wording
from labcheck.render.markup import LEFT, NO_FORMULAS, SHORT, heads, mistake, table
from labcheck.render.printable import prose
from labcheck.render.wording import Focus
from labcheck.report import Report, StepReport
from labcheck.verdict import Outcome

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }}
table {{ border-collapse: collapse }}
th, td {{ border-bottom: 1px solid; padding: 0.4rem 1rem 0.4rem 0 }}
pre {{ border: 1px solid; overflow-x: auto; padding: 0.5rem 1rem }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{about}</p>
{fragment}</main>
</body>
</html>
"""
TITLE = 'style="text-align: left; vertical-align: top; min-width: 16em"'


def html_fragment(report: Report, *, zone: tzinfo = UTC) -> str:
    """The report for a notebook's output."""
    focus = wording.focus(report, zone)
    now = _now(focus) if focus else ""
    for name in {escape(prose(it.diagnosis)) for step in report.steps for it in step.checks if it.diagnosis}:
        now = now.replace(f"({name})", f"({mistake(name)})")
    parts = ["" if len(report.steps) == 1 else _overview(report, zone), now]
    if len(report.steps) == 1:
        parts.append(_checks(report.steps[0]))
    return f'<div class="labcheck {NO_FORMULAS}">\n{"".join(parts)}</div>\n'


def page(report: Report, *, zone: tzinfo = UTC) -> str:
    """The report as a whole page, with the time of the look."""
    about = f"Lab {prose(report.lab)}{f', attempt {report.attempt}' if report.attempt else ''}"
    if when := wording.moment(report.looked_at, None, zone):
        about += f", as seen at {when}"
    return PAGE.format(
        title=escape(prose(report.title)),
        about=escape(f"{about}."),
        fragment=html_fragment(report, zone=zone),
    )


def _overview(report: Report, zone: tzinfo) -> str:
    rows = "".join(_row(step, report, zone) for step in wording.listed(report))
    caption = f"Steps of: {escape(prose(report.title))}"
    steps = table(heads(("Status", "Step", "Score", "Checks")), rows, caption) if rows else ""
    return f"{steps}<p>{escape(wording.summary(report))}</p>\n"


def _row(step: StepReport, report: Report, zone: tzinfo) -> str:
    told = wording.remarks(step, zone=None)  # a time would change the bytes of the same state
    return (
        f"<tr><td {SHORT}>{escape(wording.state(step, report.looked_at, zone))}</td>"
        f'<th scope="row" {TITLE}>{escape(prose(step.title))}{told and f" ({told})"}</th>'
        f"<td {SHORT}>{wording.points(step.points, step.max_points)}</td>"
        f"<td {LEFT}>{_checks(step)}</td></tr>\n"
    )


def _checks(step: StepReport) -> str:
    if not step.checks:
        return ""
    done = sum(verdict.outcome is Outcome.PASS for verdict in step.checks)
    items = "".join(f"<li>{escape(' '.join(wording.details(step, verdict)))}</li>" for verdict in step.checks)
    return f"<details><summary>{done} of {len(step.checks)} checks done</summary><ul>{items}</ul></details>\n"


def _now(focus: Focus) -> str:
    told = "".join(f"<br>\n{escape(text)}" for text in (focus.demand, focus.reason) if text)
    commands = escape("\n".join(focus.commands))
    advice = "<br>\n".join(map(escape, focus.advice))
    return (
        f"<p><strong>{escape(focus.heading)}</strong>{told}</p>\n"
        + (f'<pre style="margin: 0.5em 2em"><code>{commands}</code></pre>\n' if commands else "")
        + (f"<p>{advice}</p>\n" if advice else "")
    )
