"""The wall as HTML, in words: first who needs help, large; then, by their steps, who works; who is done, or not here.

Thirty learners fit on a projector: the lab at which most are is named once, and those who work at a step share a line.

Everything that is shown comes from the class file, the instructor's labs and labcheck's list of mistakes; a learner's
message only chooses among them. It is escaped all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Final

from labcheck.errors import LabcheckError
from labcheck.lab import Lab, load, slugs
from labcheck.mistake.known import named
from labcheck.render.printable import prose, sentence
from labcheck.share.where import Stand
from labcheck.wall.need import Need, Row, by_place, commonest_lab, mistakes

WORDS: Final = {
    Need.ASKS: "asks for help",
    Need.STUCK: "stuck",
    Need.UNSEEN: "cannot be looked at",
    Need.SLOW: "no step done for a while",
    Need.WORKING: "working",
    Need.FINISHED: "finished",
    Need.SILENT: "not heard from",
    Need.ABSENT: "not here yet",
}
MANY: Final = {Need.ASKS: "ask for help"}
"""What is said otherwise of several."""
NEEDY: Final = (Need.ASKS, Need.STUCK, Need.UNSEEN, Need.SLOW)
OTHERS: Final = (Need.WORKING, Need.FINISHED, Need.SILENT, Need.ABSENT)
STANDS: Final = {
    Stand.DONE: ("done", "■"),
    Stand.NEXT: ("next", "▶"),
    Stand.LATER: ("later", "□"),
    Stand.BROKEN: ("broken", "▲"),
    Stand.UNSEEN: ("unseen", "?"),
}
MOST_MISTAKES: Final = 3
MINUTE, HOUR = 60, 3600
KNOWN: Final = 1000
"""Labs and mistakes of which the words are remembered: their names come from learners, so there may be any number."""

CARD = """\
<li class="card {kind}">
<h3>{name} <span class="need">{need}{time}</span></h3>
{bar}<p class="at">{at}</p>
{why}</li>
"""
LINE = '<li><span class="at">{at}</span> {names}</li>\n'
NAME = '<span class="name">{name}</span>{more}'
PART = """\
<section aria-label="{title}">
<h2>{title} <span>{count}</span></h2>
<ul class="{kind}">
{rows}</ul>
</section>
"""


def page(content: str) -> str:
    """The whole page, with this in it."""
    folder = Path(__file__).parent
    parts = {name: (folder / f"page.{name}").read_text(encoding="utf-8") for name in ("css", "js")}
    return (
        (folder / "page.html")
        .read_text(encoding="utf-8")
        .replace("/*css*/", parts["css"])
        .replace("/*js*/", parts["js"])
        .replace("<!--wall-->", content)
    )


def wall(rows: Sequence[Row]) -> str:
    """What changes on the page."""
    here = commonest_lab(rows)
    needy = [row for row in rows if row.need in NEEDY]
    parts = [_summary(rows), _lab_of_most(rows, here), _commonest(rows)]
    if needy:
        parts.append(_part("Need help", "cards", needy, (_card(row, here) for row in needy)))
    for need in OTHERS:
        those = [row for row in rows if row.need is need]
        if those:
            drawn = (_line(row, here) for row in those) if need is Need.SILENT else _by_place(those, here)
            parts.append(_part(WORDS[need].capitalize(), "lines", those, drawn))
    return "".join(parts)


def _summary(rows: Sequence[Row]) -> str:
    counts = [(sum(row.need is need for row in rows), need) for need in (*NEEDY, *OTHERS)]
    told = " · ".join(f"<span><b>{count}</b> {escape(_said(need, count))}</span>" for count, need in counts if count)
    return f'<p class="summary" role="status">{told or "Nobody is in this class."}</p>\n'


def _said(need: Need, count: int) -> str:
    return MANY.get(need, WORDS[need]) if count > 1 else WORDS[need]


def _lab_of_most(rows: Sequence[Row], here: str) -> str:
    """The lab that is not named again below."""
    if not here:
        return ""
    others = any(row.where.lab not in {"", here} for row in rows)
    return f'<p class="lab"><b>{_title(here)}</b>{", where no other lab is named" if others else ""}</p>\n'


def _commonest(rows: Sequence[Row]) -> str:
    found = [it for it in mistakes(rows) if it[1] > 1][:MOST_MISTAKES]
    told = "".join(f"<li><b>{count} times:</b> {escape(_in_words(name))}</li>\n" for name, count in found)
    return f'<section aria-label="Common now">\n<ul class="common">\n{told}</ul>\n</section>\n' if told else ""


def _part(title: str, kind: str, rows: Sequence[Row], drawn: Iterable[str]) -> str:
    return PART.format(title=escape(title), count=len(rows), kind=kind, rows="".join(drawn))


def _card(row: Row, here: str) -> str:
    why = _why(row)
    return CARD.format(
        kind=row.need.name.lower(),
        name=_name(row),
        need=escape(WORDS[row.need]),
        time=f" · {duration(row.seconds)}",
        at=_at(row, here),
        why=f'<p class="why">{escape(why)}</p>\n' if why else "",
        bar=_bar(row),
    )


def _by_place(rows: Sequence[Row], here: str) -> Iterator[str]:
    """A line for each step, in the order of the course, with those who are at it."""
    for at_it in by_place(rows):
        it = at_it[0].where
        at = _at(at_it[0], here) if it.at or it.lab not in {"", here} else ""
        yield LINE.format(at=at, names=", ".join(NAME.format(name=_name(row), more="") for row in at_it))


def _line(row: Row, here: str) -> str:
    last = f"; last: {_at(row, here)}" if row.where.lab else ""
    more = f' <span class="at">for {duration(row.seconds)}{last}</span>'
    return LINE.format(at="", names=NAME.format(name=_name(row), more=more))


def _name(row: Row) -> str:
    return escape(prose(row.name or row.learner))


def _at(row: Row, here: str) -> str:
    """The step, and the lab if most are at another, by their titles if it is a lab that is here."""
    it, lab = row.where, _lab(row.where.lab)
    if not it.lab:
        return "nothing begun"
    title = _title(it.lab)
    if not it.at:
        return title
    number = next((place for place, step in enumerate(it.steps, 1) if step.id == it.at), 0)
    titles = {step.id: step.title for step in lab.steps} if lab else {}
    step = f"step {number} of {len(it.steps)}: {escape(sentence(titles.get(it.at, it.at)))}"
    return f"S{step[1:]}" if it.lab == here else f"{title}, {step}"


def _title(slug: str) -> str:
    lab = _lab(slug)
    return escape(prose(lab.title if lab else slug))


def _why(row: Row) -> str:
    it = row.where
    told = [_in_words(it.mistake)] if it.mistake else []
    if it.tries > 1:
        told.append(f"Answered {it.tries} times.")
    if it.shown:
        told.append("Was shown a hint." if it.shown == 1 else f"Was shown {it.shown} hints.")
    return " ".join(told)


def _bar(row: Row) -> str:
    """The steps as signs, and as one sentence for those who do not see them."""
    steps = row.where.steps
    if not steps:
        return ""
    done = sum(step.stand is Stand.DONE for step in steps)
    signs = "".join(f'<i class="{STANDS[step.stand][0]}">{STANDS[step.stand][1]}</i>' for step in steps)
    return f'<span class="bar" role="img" aria-label="{done} of {len(steps)} steps done">{signs}</span>\n'


@lru_cache(KNOWN)
def _lab(slug: str) -> Lab | None:
    """The course's lab of this name; of no other a file is read here."""
    return load(slug) if slug in slugs() else None


@lru_cache(KNOWN)
def _in_words(mistake: str) -> str:
    """What a mistake is, as its page begins."""
    try:
        return sentence(named(mistake).summary)
    except LabcheckError:
        return "A mistake that this labcheck does not know."


def duration(seconds: int) -> str:
    """For how long, in the words of a clock on a wall."""
    if seconds < MINUTE:
        return "under 1 min"
    if seconds < HOUR:
        return f"{seconds // MINUTE} min"
    return f"{seconds // HOUR} h {seconds % HOUR // MINUTE} min"
