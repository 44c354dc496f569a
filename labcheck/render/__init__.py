"""Reports as text: one file per format.

A renderer gets a report and nothing else: it looks nowhere, judges nothing, and gives the same text for the same
report. Where the standard library owns a format's name, the file is called ``as_...``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from labcheck.render import as_html, as_json, junit, terminal
from labcheck.report import Report

FORMATS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {"terminal": terminal.render, "json": as_json.render, "junit": junit.render, "html": as_html.page},
)
"""What ``--format`` offers."""
