"""Which tests one worker has all of, one after the other, which may run beside each other on any, and which come first.

The tests of a module that share something dear stay together, or each worker would make its own; so do those that are
quick, or handing them out would take longer than they do. xdist's own groups do the same by marks, but not under this
pytest: they change a test's name, which no longer can be changed.
"""

from __future__ import annotations

from xdist.scheduler.loadscope import LoadScopeScheduling  # type: ignore[import-untyped]

from tests.support.places import TESTS

MODULES = frozenset(
    f"tests/{folder}/test_{name}.py"
    for folder, names in {
        "browser": (
            *("checklist", "coming_back", "gradebook", "judge_page", "lesson", "pictures", "shown", "wall", "widgets"),
        ),
        "integration": ("cold",),
        "integration/grade": ("hostile",),
        "integration/mistake": ("packages",),
        "live": (
            *("doctor", "images", "notebook", "notebooks", "observe", "prompt", "rewind", "sandbox", "sandbox_damage"),
            *("container", "sandbox_name", "start", "submit"),
        ),
    }.items()
    for name in names
)
"""Those that have something dear: a fixture of the module. One that is cheap has a name that begins with ``_``."""
LONGEST = tuple(
    f"tests/{name}.py"
    for name in (
        "live/test_notebooks",
        "live/test_container",
        "browser/test_judge_page",
        "browser/test_shown",
        "live/test_capstone",
        "live/test_undoing",
        "browser/test_lesson",
        "browser/test_checklist",
        "browser/test_coming_back",
        "browser/test_widgets",
        "live/test_images",
        "live/test_notebook",
        "live/test_rewind",
        "live/test_submit",
        "style/test_style",
        "live/test_sandbox_damage",
        "live/test_journal",
        "live/test_start_again",
        "live/test_notebook_guard",
        "live/test_observe",
        "live/test_doctor",
        "live/test_start",
        "live/test_start_trouble",
        "live/test_start_as",
        "live/test_killed",
        "live/test_rootless",
        "live/test_sandbox",
        "live/test_practice",
        "live/test_cli",
        "integration/grade/test_hostile",
    )
)
"""The modules that take longest, or have a test that does: they begin, so that no worker is last with one."""
QUICK = "tests/unit/"
assert all((TESTS.parent / name).is_file() for name in LONGEST), "the names of modules that are gone"


def module(name: str) -> str:
    """The module of the test of this name."""
    return name.partition("::")[0]


def stays_together(name: str) -> bool:
    """Whether one worker has all tests of this test's module."""
    return module(name) in MODULES or name.startswith(QUICK)


def place(name: str) -> int:
    """The place of a test of this name, or of its like, among all: what takes longest first, what is quick last."""
    if module(name) in LONGEST:
        return LONGEST.index(module(name))
    return len(LONGEST) + (0 if name.startswith("tests/live/") else 1) + name.startswith(QUICK)


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Hands out whole modules of those above and of quick tests, and of others one test at a time."""

    def _split_scope(self, nodeid: str) -> str:
        return module(nodeid) if stays_together(nodeid) else nodeid
