"""A lab as a checklist, in HTML: all steps, the progress, and for the open step what is expected next to what was seen.

It uses only what every notebook viewer can show: words and signs, plain tables, no colours, no scripts, and no times,
so that the same state gives the same bytes. An interactive page has more, see :mod:`labcheck.render.interactive`.
"""

from __future__ import annotations

from html import escape

from labcheck.render import wording
from labcheck.render.markup import mistake
from labcheck.render.markup import section as section_of
from labcheck.render.printable import lines, prose, sentence
from labcheck.report import Report, State, StepReport
from labcheck.verdict import Outcome, Verdict

SIGNS = {State.DONE: "✓", State.NEXT: "➜", State.LATER: "·", State.BROKEN: "✗", State.UNSEEN: "?"}
HALF = 'style="text-align: left; vertical-align: top; width: 50%"'
BESIDE = f"""\
<table style="width: 100%">
<thead><tr><th scope="col" {HALF}>Expected</th><th scope="col" {HALF}>{{heading}}</th></tr></thead>
<tbody><tr><td {HALF}>{{expected}}</td><td {HALF}>{{seen}}</td></tr></tbody>
</table>
"""
STEPS = """\
<ol style="list-style: none; padding-left: 0">
{rows}</ol>
"""


def checklist(report: Report) -> str:
    """The static checklist for every viewer; the same state gives the same text."""
    return section(report, f"{overview(report)}{current(report.open_step)}{steps(report)}")


def section(report: Report, inner: str) -> str:
    """The whole section, with its label."""
    return section_of(escape(f"Checklist: {prose(report.title)}"), inner, "labcheck-list")


def overview(report: Report) -> str:
    """The lab's title and progress."""
    done = sum(step.state is State.DONE for step in report.steps)
    told = f"{done} of {len(report.steps)} steps done"
    bar = f'<progress max="{len(report.steps)}" value="{done}" aria-label="{told}">{told}</progress>'
    score = wording.points(report.points, report.max_points)
    costs = wording.costs(report) if done < len(report.steps) else ""
    about = " ".join(
        filter(None, (f"{told}{score and f', {score}'}.", wording.played(report), wording.best(report), costs))
    )
    return f"<p><strong>{escape(prose(report.title))}</strong></p>\n<p>{bar} {escape(about)}</p>\n"


def steps(report: Report) -> str:
    """All steps, each with a sign and a word."""
    return STEPS.format(rows="".join(_row(step) for step in report.steps))


def current(step: StepReport | None) -> str:
    """The open step: what is expected, what was seen, why, and what to do; empty if no step is open."""
    verdict = step.trouble if step else None
    if step is None or verdict is None:
        return ""
    heading = f"{SIGNS[step.state]} {word(step).capitalize()}: {prose(step.title)}"
    named = mistake(escape(prose(verdict.diagnosis))) if verdict.diagnosis else ""
    why = f"<p>{escape(sentence(verdict.why))}{named and f' ({named})'}</p>\n" if verdict.why else ""
    advice = "<br>\n".join(map(escape, lines(verdict.fix.advice)))
    return f"<p><strong>{escape(heading)}</strong></p>\n{_beside(verdict)}{why}{commands(verdict.fix.commands)}" + (
        f"<p>{advice}</p>\n" if advice else ""
    )


def word(step: StepReport) -> str:
    """The step's state in a word, without a time."""
    return wording.STEP[step.state]


def commands(typed: tuple[str, ...]) -> str:
    """Commands as they are typed; on a page with a script, a button copies them."""
    text = "\n".join("\n".join(lines(command)) for command in typed)
    return f'<pre class="labcheck-copy" style="margin: 0.5em 0"><code>{escape(text)}</code></pre>\n' if text else ""


def _row(step: StepReport) -> str:
    earned = step.done or step.points
    score = wording.points(step.points, step.max_points) if earned else _worth(step.max_points)
    told = ", ".join(filter(None, (score, wording.remarks(step, zone=None))))
    return (
        f'<li class="labcheck-{step.state.name.lower()}"><span aria-hidden="true">{SIGNS[step.state]}</span> '
        f"<strong>{word(step)}</strong> {escape(prose(step.title) + (told and f' ({told})'))}</li>\n"
    )


def _worth(points: int) -> str:
    """What there is to earn; nothing where no points are given."""
    return wording.worth(points) if points else ""


def _beside(verdict: Verdict) -> str:
    """What is expected and what was seen, side by side; if it could not be seen, why not."""
    return BESIDE.format(
        heading="Could not look" if verdict.outcome is Outcome.INCONCLUSIVE else "Seen",
        expected=escape(sentence(verdict.expected or verdict.title)),
        seen=escape(sentence(verdict.actual)) or "Nothing yet.",
    )
