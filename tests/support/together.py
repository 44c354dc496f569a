"""Which tests one worker has all of, one after the other, which may run beside each other on any, and which come first.

The tests of a module that share something dear stay together, or each worker would make its own; so do those that are
quick, or handing them out would take longer than they do. xdist's own groups do the same by marks, but not under this
pytest: they change a test's name, which no longer can be changed.
"""

from __future__ import annotations

from xdist.scheduler.loadscope import LoadScopeScheduling  # type: ignore[import-untyped]

from tests.support.places import TESTS

DEAR = frozenset({"built", "course", "shared_world"})
"""Fixtures of a module that take seconds to make."""
MODULES = frozenset(
    {
        *(f"tests/browser/test_{name}.py" for name in ("checklist", "lesson", "shown", "widgets")),
        *(f"tests/live/test_{name}.py" for name in ("doctor", "images", "notebook", "notebooks", "observe", "prompt")),
        *(f"tests/live/test_{name}.py" for name in ("rewind", "sandbox", "sandbox_name", "start")),
    }
)
"""Where they are used."""
LONGEST = tuple(
    f"tests/{name}.py"
    for name in (
        "browser/test_lesson",
        "live/test_notebooks",
        "browser/test_widgets",
        "live/test_undoing",
        "live/test_images",
        "browser/test_checklist",
        "live/test_notebook",
        "browser/test_coming_back",
        "style/test_style",
        "live/test_journal",
        "live/test_start_again",
        "live/test_sandbox_damage",
        "live/test_notebook_guard",
        "live/test_rewind",
        "live/test_observe",
        "live/test_doctor",
        "live/test_start",
        "live/test_start_trouble",
        "live/test_start_as",
        "live/test_sandbox",
        "live/test_practice",
        "live/test_cli",
    )
)
"""The modules that take longest, or have a test that does: they begin, so that no worker is last with one."""
QUICK = "tests/unit/"
assert all((TESTS.parent / name).is_file() for name in LONGEST), "the names of modules that are gone"


def module(name: str) -> str:
    """The module of the test of this name."""
    return name.partition("::")[0]


def place(name: str) -> int:
    """The place of a test of this name, or of its like, among all: what takes longest first, what is quick last."""
    if module(name) in LONGEST:
        return LONGEST.index(module(name))
    return len(LONGEST) + (0 if name.startswith("tests/live/") else 1) + name.startswith(QUICK)


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Hands out whole modules of those above and of quick tests, and of others one test at a time."""

    def _split_scope(self, nodeid: str) -> str:
        return module(nodeid) if module(nodeid) in MODULES or nodeid.startswith(QUICK) else nodeid
