"""Which tests one worker has all of, one after the other, and which may run beside each other on any.

The tests of a module that share something dear stay together, or each worker would make its own. xdist's own groups do
the same by marks, but not under this pytest: they change a test's name, which no longer can be changed.
"""

from __future__ import annotations

from xdist.scheduler.loadscope import LoadScopeScheduling  # type: ignore[import-untyped]

DEAR = frozenset({"built", "course", "shared_world"})
"""Fixtures of a module that take seconds to make."""
MODULES = frozenset(
    {
        *(f"tests/browser/test_{name}.py" for name in ("checklist", "lesson")),
        *(f"tests/live/test_{name}.py" for name in ("doctor", "images", "notebook", "observe", "sandbox", "start")),
    }
)
"""Where they are used."""


def module(name: str) -> str:
    """The module of the test of this name."""
    return name.partition("::")[0]


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Hands out whole modules of those above, and of others one test at a time."""

    def _split_scope(self, nodeid: str) -> str:
        return module(nodeid) if module(nodeid) in MODULES else nodeid
