"""A page in Markdown, for a terminal: its paragraphs are wrapped, headings and commands stay as written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from labcheck.render.wrap import WIDTH, apart, together, wrapped

_ITEM = re.compile(r"(?:[-*+]|\d+[.)]) +")
_CODE = re.compile(r"`[^`]+`")
_FENCE = re.compile(r"```|~~~")
_WHOLE = re.compile(r" {4}|#|\||>|```|~~~|$")
"""How a line begins that is no prose: a command, a heading, a table, a quotation; or that is empty."""


def page(lines: Iterable[str], width: int = WIDTH) -> Iterator[str]:
    """The page's lines. Sentences of one paragraph follow each other, whichever lines they were written on."""
    for is_whole, block in groupby(_marked(lines), lambda marked: marked[1]):
        rows = [line for line, _ in block]
        if is_whole:
            yield from rows
        else:
            for text in _paragraphs(rows):
                lead = _ITEM.match(text)
                kept = _CODE.sub(lambda code: together(code[0]) if len(code[0]) < width - 2 else code[0], text)
                yield from apart(wrapped(kept, width, rest=" " * (lead.end() if lead else 0)))


def _marked(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it stays whole."""
    fenced = False
    for line in lines:
        fenced ^= bool(_FENCE.match(line))
        yield line, fenced or bool(_WHOLE.match(line))


def _paragraphs(rows: Iterable[str]) -> Iterator[str]:
    """Each paragraph, and each item of a list, as one line."""
    text = ""
    for row in rows:
        if text and _ITEM.match(row):
            yield text
            text = ""
        text = f"{text} {row.strip()}".lstrip()
    yield text
