"""Reports as text: one file per format.

A renderer gets a report, or whatever else it shows, and nothing more: it does not look or judge, and returns the same
text for the same report. If a format's name is a module of the standard library, the file is called ``as_...``. A
format's file is imported only when it is needed: importing XML or HTML takes longer than the whole terminal report.
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
