"""The variables of the environment that choose an engine, or how it is talked to."""

from __future__ import annotations

import os

from labcheck.doctor.look import Look, fact
from labcheck.snapshot import Found

VARIABLES = ("DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_API_VERSION", "DOCKER_CONTENT_TRUST")
"""What can be unset."""
OFF = frozenset({"0", "f", "F", "false", "False", "FALSE"})
"""What Docker reads as "off"."""


@fact()
def variables(_: Look) -> Found[frozenset[str]]:
    """Which of these variables are set."""
    return Found(frozenset(name for name in VARIABLES if _is_set(name)))


def _is_set(name: str) -> bool:
    value = os.environ.get(name, "")
    return bool(value) and not (name == "DOCKER_CONTENT_TRUST" and value in OFF)
