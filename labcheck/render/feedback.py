"""What a learner gets back: each step, what it gave, why it is not done, what was done when. A page, or Markdown.

Nothing in it is meant for the instructor alone: no flags, and nobody else's points.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC
from html import escape
from typing import Final

from labcheck.gradebook import LabMark, Marked, StepMark
from labcheck.render import timeline, wording
from labcheck.render.as_html import PAGE, TITLE
from labcheck.render.marks import Word, helped, score, who, word
from labcheck.render.markup import LEFT, SHORT, heads, table
from labcheck.render.printable import lines, prose, sentence
from labcheck.report import Deed
from labcheck.verdict import Verdict

Deeds = Mapping[str, tuple[Deed, ...]]
"""What was done, by the lab's name."""
SPECIAL: Final = re.compile(r"([\\`*_\[\]<>#!|~&$])")
"""What may be markup within a line; no text of a stranger begins one."""
UNDECIDED: Final = "Nobody observed it, so nobody can decide it from what was handed in. It is not counted as zero."


def page(marked: Marked, deeds: Deeds) -> str:
    """The feedback as one page of HTML."""
    parts = [f"<h2>{escape(prose(lab.title))}</h2>\n{_lab(lab, deeds.get(lab.lab, ()))}" for lab in marked.labs]
    return PAGE.format(
        title=escape(f"Feedback for {who(marked)}"), about=escape(_about(marked)), fragment="".join(parts)
    )


def markdown(marked: Marked, deeds: Deeds) -> str:
    """The same as Markdown."""
    rows = [f"# {_plain(f'Feedback for {who(marked)}')}", "", _plain(_about(marked)), ""]
    for lab in marked.labs:
        rows += [f"## {_plain(prose(lab.title))}", "", _plain(f"{score(lab)}."), ""]
        for step in lab.steps:
            rows += [f"- **{word(step)}** {_plain(_step(step))}"]
            rows += [f"    - {_plain(told)}" for told in _why(step)]
            rows += [f"    - Type: {_code(line)}" for command in _commands(step) for line in lines(command)]
        done = deeds.get(lab.lab, ())
        rows += ["", *(f"1. {_plain(line)}" for deed in done for line in _deed(deed)), ""]
    return "\n".join(rows) + "\n"


def _about(marked: Marked) -> str:
    handed = f"Handed in {wording.moment(marked.submitted_at)}." if marked.submitted_at else "Nothing was handed in."
    return f"{handed} Times are those of your own machine."


def _lab(lab: LabMark, deeds: tuple[Deed, ...]) -> str:
    rows = "".join(
        f'<tr><td {SHORT}>{word(step)}</td><th scope="row" {TITLE}>{escape(_step(step))}</th>'
        f"<td {LEFT}>{_reasons(step)}</td></tr>\n"
        for step in lab.steps
    )
    steps = table(heads(("How it stands", "Step", "Why")), rows)
    return f"<p>{escape(score(lab))}, attempt {lab.attempt}.</p>\n{steps}{timeline.html(lab.title, deeds, UTC)}"


def _step(step: StepMark) -> str:
    """The step with its points and the help that was shown."""
    told = ("counts neither for nor against" if step.excused else score(step), helped(step))
    return f"{prose(step.title)} ({', '.join(filter(None, told))})"


def _reasons(step: StepMark) -> str:
    told = "<br>\n".join(escape(text) for text in _why(step))
    commands = escape("\n".join(line for command in _commands(step) for line in lines(command)))
    return f"{told}<pre><code>{commands}</code></pre>" if commands else told


def _why(step: StepMark) -> list[str]:
    """Why the step is not done, in sentences."""
    told = [UNDECIDED] if word(step) is Word.UNDECIDED else []
    told += [f"Done at {wording.moment(step.done_at)}, after the deadline."] if word(step) is Word.LATE else []
    trouble = step.trouble
    if trouble is None or word(step) is Word.EXCUSED:
        return told
    parts = {"Expected": trouble.expected, "Seen": trouble.actual, "Why": trouble.why}
    told += [f"{name}: {sentence(text)}" for name, text in parts.items() if text]
    told += [f"labcheck explain {prose(trouble.diagnosis)} tells more."] if trouble.diagnosis else []
    return told + [sentence(line) for line in lines(trouble.fix.advice)]


def _commands(step: StepMark) -> tuple[str, ...]:
    trouble: Verdict | None = step.trouble
    return trouble.fix.commands if trouble and not step.excused else ()


def _deed(deed: Deed) -> list[str]:
    changes = ", ".join(f"{timeline.TOLD[change.how]}: {prose(change.title)}" for change in deed.changes)
    return [f"{wording.moment(deed.at)} {prose(deed.what)}{changes and f' ({changes})'}"]


def _plain(text: str) -> str:
    """The text as Markdown shows it: nothing in it is markup."""
    return SPECIAL.sub(r"\\\1", text)


def _code(line: str) -> str:
    """A command in code marks longer than any in it."""
    marks = "`" * (max((len(run) for run in re.findall("`+", line)), default=0) + 1)
    return f"{marks} {line} {marks}"
