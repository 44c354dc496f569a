"""What a cell shows: plain text and static HTML, the same bytes for the same state of the lab.

No time and no colour is in it, so nbval can compare it, and a reader on the web sees what
the learner sees.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from msgspec.structs import replace

from labcheck.render.as_html import html_fragment
from labcheck.render.printable import lines, prose
from labcheck.render.terminal import render
from labcheck.render.wording import worth
from labcheck.render.wrap import wrapped
from labcheck.report import Report, StepReport

KIND = "application/vnd.labcheck.live+json"
"""What the course's page draws, and no other: it adds what its script knows, such as the addresses of links."""


class Result:
    """Shows itself in a notebook and in a terminal."""

    __slots__ = ("_html", "_text")
    page = ""
    """What the course's page asks the server for, to be live; nothing where it only shows."""

    def __init__(self, text: str, html: str) -> None:
        self._text = text
        self._html = html

    def __repr__(self) -> str:
        return self._text

    def _repr_html_(self) -> str:
        return self._html

    def _repr_mimebundle_(self, **_options: object) -> Mapping[str, object]:
        return {KIND: {"page": self.page}, "text/plain": self._text, "text/html": self._html}


def reported(report: Report) -> Result:
    """How the lab, or one step of it, stands."""
    told = timeless(report)
    return Result(render(told).rstrip("\n"), html_fragment(told))


def timeless(report: Report) -> Report:
    """The report without the times at which something broke or was shown."""
    return replace(report, steps=tuple(_timeless(step) for step in report.steps))


def _timeless(step: StepReport) -> StepReport:
    return replace(step, broken_since=None, shown=tuple(replace(it, at="") for it in step.shown))


def hinted(hint: str) -> Result:
    """A step's hint."""
    told = prose(hint)
    return Result("\n".join(wrapped(told)), _html(f"<p>{escape(told)}</p>"))


def plain(text: str) -> Result:
    """A text, as a terminal shows it."""
    return Result(text, _html(f"<pre>{escape(text)}</pre>"))


def priced(what: str, points: int, typed: str) -> Result:
    """That this help costs points, and what to type to see it nevertheless."""
    told = f"This {what} costs {worth(points)}. To see it:"
    return Result(f"{told}\n\n    {typed}", _html(f"<p>{told}</p><pre><code>{escape(typed)}</code></pre>"))


def going(found: Mapping[str, tuple[str, ...]], typed: str) -> Result:
    """What would be removed, by kind, and what to type for that."""
    rows = [f"{kind} {prose(name)}" for kind, names in found.items() for name in names]
    told = "Nothing was removed yet. This would be:"
    then = "To remove these, and have the steps before played for you, which gives no points:"
    listed = "".join(f"<li>{escape(row)}</li>" for row in rows)
    html = f"<p>{told}</p><ul>{listed}</ul><p>{then}</p><pre><code>{escape(typed)}</code></pre>"
    return Result("\n".join((told, *(f"- {row}" for row in rows), "", *wrapped(then), "", f"    {typed}")), _html(html))


def solved(solution: str) -> Result:
    """A step's solution: its commands, one per line."""
    commands = lines(solution)
    text = "\n".join(f"    {command}" for command in commands)
    return Result(text, _html(f"<pre><code>{escape(chr(10).join(commands))}</code></pre>"))


def _html(inner: str) -> str:
    return f'<div class="labcheck mathjax_ignore tex2jax_ignore">\n{inner}\n</div>\n'
