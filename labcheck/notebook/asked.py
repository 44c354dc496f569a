"""Questions as a cell shows them, with what to type; and what a right answer shows of the name it was about."""

from __future__ import annotations

import re
from html import escape

from labcheck.notebook.result import Result
from labcheck.question import Question
from labcheck.render.explorer import explored
from labcheck.render.printable import lines, prose, visible
from labcheck.render.reference import read, terminal
from labcheck.render.wrap import set_off, wrapped
from labcheck.verdict import Outcome

CLASSES = "labcheck mathjax_ignore tex2jax_ignore"


def asked(step: str, question: Question) -> Result:
    """The question of this step, with its choices, and the line that answers it."""
    line, choices = f'lab.answer("{step}", "...")', lines(question.advice)
    told = (*wrapped(prose(question.ask)), *(row for choice in choices for row in wrapped(f"- {choice}", rest="  ")))
    listed = "".join(f"<li>{escape(choice)}</li>" for choice in choices)
    html = (
        f"<p><strong>{_marked(escape(prose(question.ask)), question)}</strong></p>\n",
        f"<ul>{listed}</ul>\n" if listed else "",
        f"<p>Answer: <code>{escape(line)}</code></p>\n",
    )
    return Result("\n".join((*told, set_off(line))), f'<div class="{CLASSES}">\n{"".join(html)}</div>\n')


def _marked(ask: str, question: Question) -> str:
    """The question with the names that it is about set as code, where each is a whole word."""
    names = question.answer.name.names if question.answer.name else ()
    words = "|".join(re.escape(escape(visible(name))) for name in sorted(names, key=len, reverse=True))
    whole = rf"(?:(?<!\S)|(?<=&quot;))(?:{words})(?=&quot;|[,:?]?(?:\s|$))"
    return re.sub(whole, r"<code>\g<0></code>", ask) if words else ask


def read_out(result: Result, outcome: Outcome, question: Question) -> Result:
    """The result of an answer; if it was right and about one name, with how Docker reads that name."""
    about = question.answer.name
    if outcome is not Outcome.PASS or about is None or len(about.names) != 1:
        return result
    reading = read(next(iter(about.right)) if about.corrected else about.names[0])
    return Result(f"{result}\n\n{terminal([reading])}".rstrip("\n"), f"{result._repr_html_()}{explored(reading)}")
