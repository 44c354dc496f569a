"""Which engine was chosen; and that the choice leads nowhere is a fact about the machine, not a look that failed."""

from __future__ import annotations

from dataclasses import dataclass

from labcheck.observe.endpoint import Endpoint, endpoint
from labcheck.observe.trouble import CannotLook


@dataclass(frozen=True, slots=True)
class Nowhere:
    """A choice of an engine that no engine follows from, and why."""

    reason: str


def chosen() -> Endpoint | Nowhere:
    """The endpoint as things stand now."""
    try:
        return endpoint()
    except CannotLook as trouble:
        return Nowhere(str(trouble))
