"""A lab's checklist on an interactive page: with hints, forms for questions, and buttons.

Each part that may change on its own has a name (``data-part``), so that only that part is redrawn. ``data-do`` names a
button's action; the page's script knows these names, and nothing else about the lab.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import msgspec
from msgspec.structs import replace

from labcheck.costs import Costs
from labcheck.question import Question
from labcheck.render import wording
from labcheck.render.checklist import commands, current, overview, section, steps, word
from labcheck.render.printable import prose, sentence, visible
from labcheck.report import Report, State, StepReport
from labcheck.verdict import Fix

NEWS = {State.DONE, State.BROKEN, State.UNSEEN}
CHOICE = '<label><input type="radio" name="value" value="{name}" required> <span>{text}</span></label>\n'
CHOICES = "<fieldset><legend>{ask}</legend>\n{choices}</fieldset>\n"
BLANK = '<label>{ask}<br>\n<input {kind} name="value" autocomplete="off" required></label> ({wanted})\n'
FORM = """\
<form data-do="answer" data-step="{step}">
{inner}<button type="submit" data-do="submit">Answer</button>
</form>
"""
REMOVAL = """\
<div role="group" aria-label="{label}">
{what}{then}<p>{buttons}</p>
</div>
"""
OVER = "<p>The lab starts over. Earlier attempts stay in the journal.</p>\n"
OPTION = '<option value="{id}"{chosen}>{title}</option>\n'
GOING = """\
<p>Then what comes before this step is played for you, which gives no points. What you have earned stays.</p>
<p><label>Step: <select name="step">
{options}</select></label></p>
"""


class Help(msgspec.Struct, frozen=True):
    """The help for the open step: hints that were shown, how many there are, the solution if shown; what each costs."""

    hints: tuple[str, ...] = ()
    of: int = 0
    solution: tuple[str, ...] = ()
    has_solution: bool = False
    question: Question | None = None
    costs: Costs = Costs()


class OnWall(msgspec.Struct, frozen=True):
    """The class's wall that shows where the learner is, and whether they ask for help."""

    place: str
    """Its host and port; empty for a hub's, which is the hub's to stop."""
    is_asking: bool


def live(report: Report, offered: Help, next_lesson: str = "", on_wall: OnWall | None = None) -> str:
    """The checklist on an interactive page; ``next_lesson`` is a notebook's path, or empty."""
    step = report.open_step
    asked = offered.question if step else None
    parts = {
        "overview": overview(report),
        "current": current(_asked(step) if step and asked else step),
        "answer": _answer(step, asked) if step and asked else "",
        "help": _help(step, offered) if step else "",
        "steps": steps(report),
        "lab": _buttons(next_lesson),
        "wall": _shown_on(on_wall) if on_wall else "",
    }
    return section(report, "".join(f'<div data-part="{name}">\n{html}</div>\n' for name, html in parts.items()))


def announced(before: Report, after: Report) -> str:
    """What has changed, in one or two sentences for a screen reader; empty if every step stands as before."""
    known = {step.id: step.state for step in before.steps}
    fresh = [step for step in after.steps if known.get(step.id) is not step.state]
    told = [f"{word(step).capitalize()}: {sentence(step.title)}" for step in fresh if step.state in NEWS]
    step = after.open_step
    if told and step and step.state is State.NEXT:
        told.append(f"Next: {sentence(step.title)}")
    if told and step is None:
        told.append(wording.summary(after))
    return " ".join(told)


def removal(named: Mapping[str, tuple[str, ...]]) -> str:
    """What a reset would remove, by kind, and two buttons: keep and remove."""
    remove = "Remove these and start over" if any(named.values()) else "Start over"
    buttons = _button("keep", "Keep everything") + _button("remove", remove)
    return REMOVAL.format(label="Reset this lab", what=_removed(named), then=OVER, buttons=buttons)


def going(report: Report, named: Mapping[str, tuple[str, ...]]) -> str:
    """To which step to go, what would be removed for that, by kind, and two buttons: keep and go."""
    options = "".join(
        OPTION.format(id=escape(it.id), chosen=" selected" * (it.id == report.next), title=escape(prose(it.title)))
        for it in report.steps
    )
    go = "Remove these and go there" if any(named.values()) else "Go there"
    buttons = _button("keep", "Keep everything") + _button("play", go)
    then = GOING.format(options=options)
    return REMOVAL.format(label="Go to a step", what=_removed(named), then=then, buttons=buttons)


def _removed(named: Mapping[str, tuple[str, ...]]) -> str:
    rows = "".join(
        f"<li>{escape(kind)} <code>{escape(prose(name))}</code></li>\n"
        for kind, names in named.items()
        for name in names
    )
    return f"<p>This would be removed:</p>\n<ul>\n{rows}</ul>\n" if rows else "<p>There is nothing to remove.</p>\n"


def _asked(step: StepReport) -> StepReport:
    """The step without the instructions that its question's form replaces."""
    return replace(step, checks=tuple(replace(verdict, fix=Fix()) for verdict in step.checks))


def _answer(step: StepReport, question: Question) -> str:
    ask = escape(prose(question.ask))
    if question.kind == "choice":
        texts = question.choices.items()
        choices = "".join(CHOICE.format(name=escape(name), text=escape(prose(text))) for name, text in texts)
        inner = CHOICES.format(ask=ask, choices=choices)
    else:
        kind = 'type="number" step="1"' if question.kind == "number" else 'type="text" size="40"'
        inner = BLANK.format(ask=ask, kind=kind, wanted=escape(question.wanted))
    return FORM.format(step=escape(step.id), inner=inner)


def _help(step: StepReport, offered: Help) -> str:
    told = "".join(
        f"<p><strong>Hint {number}:</strong> {escape(prose(hint))}</p>\n"
        for number, hint in enumerate(offered.hints, 1)
    )
    if offered.solution:
        told += f"<p><strong>Solution:</strong></p>\n{commands(offered.solution)}"
    number, buttons = len(offered.hints) + 1, ""
    if number <= offered.of:
        buttons += _button("hint", f"Hint {number} of {offered.of}{_cost(offered.costs.hint)}", step.id)
    if offered.has_solution and not offered.solution:
        buttons += _button("solution", f"Show the solution{_cost(offered.costs.solution)}", step.id)
    return told + (f"<p>{buttons}</p>\n" if buttons else "")


def _cost(points: int) -> str:
    return f" (costs {wording.worth(points)})" if points else ""


def _buttons(next_lesson: str) -> str:
    buttons = _button("check", "Check now") + _button("goto", "Go to a step") + _button("reset", "Reset this lab")
    buttons += _button("submit", "Hand in")
    if next_lesson:
        buttons += f'<button type="button" data-open="{escape(visible(next_lesson))}">Next lesson</button>\n'
    return f"<p>{buttons}</p>\n"


def _shown_on(it: OnWall) -> str:
    hand = _button("hand-down", "Lower your hand") if it.is_asking else _button("hand-up", "Raise your hand")
    told = "Your hand is up. " if it.is_asking else ""
    which = f"Your class's wall at {escape(prose(it.place))}" if it.place else "This hub's wall"
    stop = _button("unshare", "Stop") if it.place else ""
    return f"<p>{told}{which} shows which step you are at.\n{hand}{stop}</p>\n"


def _button(action: str, text: str, step: str = "") -> str:
    about = f' data-step="{escape(step)}"' if step else ""
    return f'<button type="button" data-do="{action}"{about}>{escape(text)}</button>\n'
