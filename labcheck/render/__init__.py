"""Reports as text: one file per format.

A renderer gets a report and nothing else: it looks nowhere, judges nothing, and gives the same text for the same
report. Where the standard library owns a format's name, the file is called ``as_...``. A format's file is imported
when the format is asked for: XML and HTML cost more time than the whole report in a terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias, cast

if TYPE_CHECKING:
    from labcheck.report import Report

    Form: TypeAlias = Callable[[Report], str]


def _form(module: str, function: str) -> Form:
    def rendered(report: Report) -> str:
        return cast("Form", getattr(import_module(f"labcheck.render.{module}"), function))(report)

    return rendered


FORMATS: Mapping[str, Form] = MappingProxyType(
    {
        "terminal": _form("terminal", "render"),
        "json": _form("as_json", "render"),
        "junit": _form("junit", "render"),
        "html": _form("as_html", "page"),
    }
)
"""What ``--format`` offers."""
