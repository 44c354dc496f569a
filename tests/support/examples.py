"""On how many examples a property is tried."""

from __future__ import annotations

from hypothesis import settings

QUICK = "quick"
"""The profile of ``make unit``: each property on a few examples, others each time."""


def examples(number: int) -> settings:
    """For a property that needs another number than is usual: so many, but where few are enough."""
    return settings() if settings.get_current_profile_name() == QUICK else settings(max_examples=number)
