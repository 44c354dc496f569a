"""A report as JSON, for programs: its structure as it is, and the schema of that structure.

Only ASCII is written. A name with control characters in it stays what it is, and still cannot touch the terminal it
is shown in.
"""

from __future__ import annotations

import json

import msgspec

from labcheck.report import Report


def render(report: Report) -> str:
    """The report as JSON, indented, its keys in a fixed order."""
    return json.dumps(msgspec.to_builtins(report), indent=2) + "\n"


def schema() -> str:
    """The JSON Schema of a report, from the same types."""
    return json.dumps(msgspec.json.schema(Report), indent=2) + "\n"
