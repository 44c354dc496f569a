"""The command that explains image names."""

from __future__ import annotations

import argparse

from labcheck.render import reference


def read(options: argparse.Namespace) -> int:
    """Print how Docker reads each of the names."""
    readings = [reference.read(text) for text in options.references]
    print(reference.FORMATS[options.format](readings), end="")
    return 0 if all(reading.valid for reading in readings) else 1
