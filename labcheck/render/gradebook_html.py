"""A gradebook as one page without outside assets: the class step by step, mistakes, and each learner.

Words carry the meaning, colours repeat it. The learners are data in the page, of which its script shows a hundred at a
time: a table of 10,000 learners would take a browser minutes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

import msgspec

from labcheck.gradebook import Changed, Gradebook, LabMark, Marked
from labcheck.points import span
from labcheck.render import wording
from labcheck.render.class_view import Class, StepView
from labcheck.render.marks import Word, file_name, word
from labcheck.render.printable import prose, sentence

MOST: Final = 200
"""How many rows the lists have that are not about the whole class."""
LOOKS: Final = {
    Word.DONE: "done",
    Word.LATE: "late",
    Word.PART: "part",
    Word.UNDECIDED: "undecided",
    Word.OPEN: "open",
    Word.PLAYED: "open",
    Word.LATER: "none",
    Word.EXCUSED: "none",
}
HEAD: Final = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" \
content="default-src 'none'; style-src 'unsafe-inline'; script-src '{hash}'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gradebook</title>
<style>
{style}</style>
</head>
<body>
<main>
<h1>Gradebook</h1>
<p>{about}</p>
"""
LEARNERS: Final = """\
<section id="class" aria-labelledby="of-learners" hidden>
<h2 id="of-learners">Learners</h2>
<label>Search: <input id="search" type="search" autocomplete="off"></label>
<span class="pages"><button type="button" id="previous">Previous</button>
<button type="button" id="next">Next</button>
<span id="status" role="status"></span></span>
<div class="scrolls" role="region" aria-label="Table of learners" tabindex="0">
<table id="learners">
<thead><tr>{heads}</tr></thead>
<tbody></tbody>
</table>
</div>
</section>
<noscript><p>The table of learners needs JavaScript; gradebook.csv has the same.</p></noscript>
"""


class Assets(msgspec.Struct, frozen=True):
    """What is put into the page: its style and its script."""

    style: str
    script: str


def render(book: Gradebook, assets: Assets, changed: Iterable[Changed] = (), feedback: str = "") -> Iterator[str]:
    """The page, piece by piece; ``feedback`` is the folder with a page for each learner, if there is one."""
    script = assets.script
    seen = Class(book)
    yield HEAD.format(
        hash=f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}",
        style=assets.style,
        about=escape(_about(book, seen)),
    )
    yield from (_steps(title, views) for title, views in seen.labs())
    yield _listed("Where people got stuck", ("Step", "Learners"), [(_place(it), str(it.stuck)) for it in seen.stuck()])
    mistakes = [(name, where, str(count)) for (name, where), count in seen.mistakes.most_common(MOST)]
    yield _listed("The commonest mistakes", ("Mistake", "Step", "Learners"), mistakes)
    yield _listed("What changed", ("Learner", "Step", "Before", "After", "Why"), [_change(it) for it in changed])
    refused = [(prose(it.file), prose(it.why)) for it in book.not_gradable[:MOST]]
    yield _listed("Not gradable", ("File", "Why"), refused)
    heads = ("Learner", "Id", "Handed in", *_columns(book), "To look at")
    yield LEARNERS.format(
        heads="".join(f'<th scope="col"><button type="button">{escape(it)}</button></th>' for it in heads)
    )
    yield '<script type="application/json" id="data">{"rows":[\n'
    before = ""
    for marked in book.marked:
        yield before + _json(_row(marked, book, feedback))
        before = ",\n"
    yield f"]}}</script>\n<script>{script}</script>\n</main>\n</body>\n</html>\n"


def _about(book: Gradebook, seen: Class) -> str:
    told = [f"{seen.graded} graded", f"{len(book.not_gradable)} not gradable"]
    told += [f"{seen.missing} handed nothing in"] if seen.missing else []
    told += [f"{seen.undecided} with undecided points"] if seen.undecided else []
    return f"{', '.join(told)}. Graded {wording.moment(book.graded_at)}."


def _steps(title: str, views: list[StepView]) -> str:
    """A lab's steps as a heat map: how many stand how, in words and per cent."""
    words = [it for it in Word if any(view.words[it] for view in views)]
    if not words:
        return f"<h2>{escape(prose(title))}</h2>\n<p>Nobody handed this lab in.</p>\n"
    names = ("Step", *(it.capitalize() for it in words), "Mean points", "Shown help")
    heads = "".join(f'<th scope="col">{it}</th>' for it in names)
    rows = "".join(
        f'<tr><th scope="row">{escape(prose(view.title))}</th>'
        + "".join(_share(view, it) for it in words)
        + f'<td class="number">{span(view.mean, view.mean)} of {view.max_points}</td>'
        f'<td class="number">{view.helped}</td></tr>\n'
        for view in views
    )
    return (
        f"<h2>{escape(prose(title))}</h2>\n"
        f'<div class="scrolls" role="region" aria-label="Steps of {escape(prose(title))}" tabindex="0">\n'
        f"<table><thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody></table>\n</div>\n"
    )


def _share(view: StepView, it: Word) -> str:
    count = view.words[it]
    if not count:
        return '<td class="number">0</td>'
    return f'<td class="number {LOOKS[it]}">{count} ({round(100 * count / view.count)}%)</td>'


def _listed(title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{escape(it)}</th>' for it in heads)
    body = "".join(f"<tr>{''.join(f'<td>{escape(it)}</td>' for it in row)}</tr>\n" for row in rows[:MOST])
    more = f"<p>And {len(rows) - MOST} more.</p>\n" if len(rows) > MOST else ""
    return f"<h2>{escape(title)}</h2>\n<table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody></table>\n{more}"


def _place(view: StepView) -> str:
    return f"{prose(view.lab)}: {prose(view.title)}"


def _change(it: Changed) -> tuple[str, ...]:
    who = prose(it.learner.name or it.learner.id)
    return who, f"{prose(it.lab)}/{prose(it.step)}", it.before, it.after, sentence(it.why)


def _columns(book: Gradebook) -> Iterator[str]:
    for it in book.labs:
        yield prose(it.title)
        yield from (prose(step.title) for step in it.steps)


def _row(marked: Marked, book: Gradebook, feedback: str) -> list[object]:
    """A learner's row, as the script reads it; last, where their page is."""
    row: list[object] = [prose(marked.learner.name or marked.learner.id) or "nameless", prose(marked.learner.id)]
    row.append(wording.moment(marked.submitted_at) or "nothing")
    for heading in book.labs:
        row += _cells(marked.lab(heading.lab), len(heading.steps))
    notes = [sentence(it.says) for it in marked.flags]
    notes += ["Not on the roster."] if marked.unknown else []
    row.append(" ".join(notes))
    row.append(f"{feedback}/{file_name(marked)}.html" if feedback and not marked.is_missing else "")
    return row


def _cells(mark: LabMark | None, count: int) -> Iterator[object]:
    if mark is None:
        yield from (["-", -1, "none"] for _ in range(count + 1))
        return
    yield [f"{span(mark.points, mark.at_most)} of {mark.max_points}", mark.points, ""]
    for step in mark.steps:
        how = word(step)
        yield [f"{how}, {span(step.points, step.at_most)}", step.points, LOOKS[how]]


def _json(value: object) -> str:
    """JSON that cannot end the element it stands in."""
    return msgspec.json.encode(value).decode().replace("<", "\\u003c")
