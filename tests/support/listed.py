"""Long lists in YAML that tests are made from. Each worker reads all of them before its first test, so C does it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from labcheck.lab.tree import LOADER


def listed(path: Path) -> Any:  # noqa: ANN401 - YAML
    """What this file lists."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - it is a safe one
