"""The table of tools as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from tests.matrix.cell import Row, ten_steps


def table(engine: str, rows: Sequence[Row]) -> str:
    """The table of one engine among these rows: a row for each step, a column for each tool."""
    rows = [row for row in rows if row.engine == engine]
    names = [f"{row.tool} {row.version}".strip() for row in rows]
    lines = [f"| {engine} | {' | '.join(names)} |", f"|---|{'---|' * len(rows)}"]
    for step in ten_steps().steps:
        cells = [str(row.cells[step.id]) if step.id in row.cells else "" for row in rows]
        lines.append(f"| {step.title} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
