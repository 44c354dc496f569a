"""The HTML that all pages have alike: a section with a label, and a plain table. What is put in is HTML already."""

from __future__ import annotations

from collections.abc import Iterable

LEFT = 'style="text-align: left; vertical-align: top"'
SHORT = 'style="text-align: left; vertical-align: top; white-space: nowrap"'
"""The style of a cell whose text stays on one line."""
NO_FORMULAS = "mathjax_ignore tex2jax_ignore"
"""MathJax, in JupyterLab and on exported pages, would read text between two dollar signs as a formula."""


def section(label: str, inner: str, kind: str = "") -> str:
    """A section; ``kind`` is a class of its own, by which a page's style knows it."""
    classes = " ".join(filter(None, ("labcheck", kind, NO_FORMULAS)))
    return f'<section class="{classes}" aria-label="{label}">\n{inner}</section>\n'


def mistake(name: str) -> str:
    """A mistake's name, escaped already; the course's page makes it a link to the mistake's page."""
    return f'<span class="labcheck-mistake">{name}</span>'


def heads(words: Iterable[str], style: str = LEFT) -> str:
    """The heads of a table's columns."""
    return "".join(f'<th scope="col" {style}>{word}</th>' for word in words)


def table(columns: str, rows: str, caption: str = "", style: str = "") -> str:
    """A table under the heads of its columns."""
    titled = f'<caption style="text-align: left">{caption}</caption>\n' if caption else ""
    styled = f' style="{style}"' if style else ""
    return f"<table{styled}>\n{titled}<thead><tr>{columns}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
