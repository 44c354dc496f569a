"""A ladder of help: first what was seen and why, then one hint after the other, then the solution.

A named mistake shows its fix at once: whoever made it has already done the step's thinking. Pure.
"""

from __future__ import annotations

from msgspec.structs import replace

from labcheck.costs import Costs
from labcheck.judge import WATCH
from labcheck.lab import Lab
from labcheck.notebook.spoken import in_cells
from labcheck.render.interactive import Help
from labcheck.report import Report, StepReport
from labcheck.verdict import Outcome, Verdict


def told(lab: Lab, report: Report, *, solved: bool = False) -> Report:
    """The report in a notebook's words; without the commands that solve a step, unless they are wanted."""
    lab = lab.drawn(report.seed or "")
    steps = (
        replace(step, checks=tuple(_told(lab, step, it, solved=solved) for it in step.checks)) for step in report.steps
    )
    return replace(report, steps=tuple(steps))


def held_back(lab: Lab, report: Report) -> str | None:
    """The explained step, if the commands that solve it are left out and nobody has asked for them yet."""
    lab = lab.drawn(report.seed or "")
    step = report.open_step or (report.steps[0] if len(report.steps) == 1 else None)
    verdict = step.trouble if step else None
    if step is None or verdict is None or not lab.step(step.id).commands:
        return None
    if any(it.what == "solution" for it in step.shown):
        return None
    return step.id if lab.step(step.id).question or _is_solution(step, verdict) else None


def offered(lab: Lab, report: Report) -> Help:
    """The help that the open step offers, and which of it was already shown."""
    if report.open_step is None:
        return Help()
    step, shown = lab.drawn(report.seed or "").step(report.open_step.id), [it.what for it in report.open_step.shown]
    return Help(
        hints=step.hints[: shown.count("hint")],
        of=len(step.hints),
        solution=step.commands if "solution" in shown else (),
        has_solution=bool(step.commands),
        question=step.question,
        costs=Costs() if report.open_step.done else lab.costs,
    )


def _told(lab: Lab, step: StepReport, verdict: Verdict, *, solved: bool) -> Verdict:
    advice = verdict.fix.advice.replace(WATCH.format(lab=lab.typed), "").rstrip()  # in the course it looks anyway
    advice = in_cells(advice, lab)
    verdict = replace(verdict, fix=replace(verdict.fix, advice=advice))
    fix, question = verdict.fix, lab.step(step.id).question
    if question and fix.commands:
        value = question.placeholder if question.kind == "number" else f'"{question.placeholder}"'
        commands = lab.step(step.id).commands if solved else ()
        return replace(verdict, fix=replace(fix, commands=(*commands, f'lab.answer("{step.id}", {value})')))
    if solved or not _is_solution(step, verdict):
        return verdict
    return replace(verdict, fix=replace(fix, commands=()))


def _is_solution(step: StepReport, verdict: Verdict) -> bool:
    """Whether its commands give away what the learner should find out."""
    return (
        bool(verdict.fix.commands) and verdict.outcome is Outcome.FAIL and verdict.diagnosis is None and not step.done
    )
