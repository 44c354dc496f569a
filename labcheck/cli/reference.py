"""The command that explains image names."""

from __future__ import annotations

import argparse

from labcheck.cli.terminal import width
from labcheck.render import reference
from labcheck.render.wrap import ENDLESS


def read(options: argparse.Namespace) -> int:
    """Print how Docker reads each of the names."""
    readings = [reference.read(text) for text in options.references]
    is_page = options.format == "terminal"
    wide = width(otherwise=ENDLESS)
    print(reference.terminal(readings, wide) if is_page else reference.FORMATS[options.format](readings), end="")
    return 0 if all(reading.valid for reading in readings) else 1
