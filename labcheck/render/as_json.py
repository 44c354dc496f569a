"""A report as JSON, for programs: its structure, unchanged, and the schema of that structure.

Only ASCII is written. So a name with control characters is preserved, and still cannot affect the terminal it is shown
in.
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
