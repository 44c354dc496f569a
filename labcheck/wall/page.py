"""The wall as HTML, in words: first who needs help, large; then who works, who is done, and who is not here.

Everything that is shown comes from the class file, the instructor's labs and labcheck's list of mistakes; a learner's
message only chooses among them. It is escaped all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Final

from labcheck.errors import LabcheckError
from labcheck.lab import Lab, load, slugs
from labcheck.mistake.known import named
from labcheck.render.printable import prose, sentence
from labcheck.share.where import Stand
from labcheck.wall.need import Need, Row, mistakes

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
<p class="at">{at}</p>
{why}{bar}</li>
"""
LINE = '<li class="{kind}"><span class="name">{name}</span> {at} {bar}</li>\n'
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
    needy = [row for row in rows if row.need in NEEDY]
    parts = [_summary(rows), _commonest(rows)]
    if needy:
        parts.append(_part("Need help", "cards", needy, _card))
    for need in OTHERS:
        those = [row for row in rows if row.need is need]
        if those:
            parts.append(_part(WORDS[need].capitalize(), "lines", those, _line))
    return "".join(parts)


def _summary(rows: Sequence[Row]) -> str:
    counts = [(sum(row.need is need for row in rows), WORDS[need]) for need in (*NEEDY, *OTHERS)]
    told = " · ".join(f"<b>{count}</b> {escape(word)}" for count, word in counts if count)
    return f'<p class="summary" role="status">{told or "Nobody is in this class."}</p>\n'


def _commonest(rows: Sequence[Row]) -> str:
    found = [it for it in mistakes(rows) if it[1] > 1][:MOST_MISTAKES]
    told = "".join(f"<li><b>{count} times:</b> {escape(_in_words(name))}</li>\n" for name, count in found)
    return f'<section aria-label="Common now">\n<ul class="common">\n{told}</ul>\n</section>\n' if told else ""


def _part(title: str, kind: str, rows: Sequence[Row], drawn: Callable[[Row], str]) -> str:
    return PART.format(title=escape(title), count=len(rows), kind=kind, rows="".join(map(drawn, rows)))


def _card(row: Row) -> str:
    why = _why(row)
    return CARD.format(
        kind=row.need.name.lower(),
        name=_name(row),
        need=escape(WORDS[row.need]),
        time=f" · {duration(row.seconds)}",
        at=_at(row),
        why=f'<p class="why">{escape(why)}</p>\n' if why else "",
        bar=_bar(row),
    )


def _line(row: Row) -> str:
    if row.need is Need.SILENT:
        at = f'<span class="at">for {duration(row.seconds)}; last: {_at(row)}</span>'
    else:
        at = f'<span class="at">{_at(row)}</span>' if row.where.lab else ""
    return LINE.format(kind=row.need.name.lower(), name=_name(row), at=at, bar=_bar(row))


def _name(row: Row) -> str:
    return escape(prose(row.name or row.learner))


def _at(row: Row) -> str:
    """The lab and the step, by their titles if it is a lab that is here."""
    it, lab = row.where, _lab(row.where.lab)
    if not it.lab:
        return "nothing begun"
    title = escape(prose(lab.title if lab else it.lab))
    if not it.at:
        return title
    number = next((place for place, step in enumerate(it.steps, 1) if step.id == it.at), 0)
    titles = {step.id: step.title for step in lab.steps} if lab else {}
    step = escape(sentence(titles.get(it.at, it.at)))
    return f"{title}, step {number} of {len(it.steps)}: {step}"


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
