"""The house stands as ``labcheck/README.md`` draws it: layers, who may touch the world, who may read a clock."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.support.places import PACKAGE, TESTS

DRAWN = (PACKAGE / "README.md").read_text(encoding="utf-8")


def _block(title: str) -> list[str]:
    """The lines of the drawing under this title."""
    return DRAWN.partition(f"\n## {title}\n")[2].partition("```\n")[2].partition("```")[0].splitlines()


LAYERS = (("__main__",), *(tuple(re.split(r"\s+│\s+", line.strip().split("   ")[0])) for line in _block("Layers")))
"""High to low, as drawn. A module imports only from rows below its own; modules of one row do not know each other."""

PURE = {
    "errors", "reference", "name", "provider", "document", "evidence_fields", "typed_answer",
    "engine", "oci", "query", "snapshot", "contents", "log",
    "evidence", "verdict", "past", "remember", "burst", "check", "checks", "question", "report", "mistakes",
    "leftovers", "plan", "replay", "judge", "timeline", "render", "version",
    "doctor/advice", "doctor/conclude.py", "doctor/conclusion.py", "doctor/machine.py", "doctor/page.py",
    "doctor/rule.py", "doctor/summary.py",
}  # fmt: skip
"""Rooms, folders and files."""
WORLD = {"docker", "urllib3", "requests", "http", "socket", "subprocess", "ssl", "select", "asyncio", "urllib.request"}
OUTSIDE = {
    "observe", "sandbox", "remove", "doctor/facts", "doctor/look.py", "start", "hub", "play.py", "notebook/terminal.py",
    "share/deliver.py", "wall/server.py", "wall/hub.py",
}  # fmt: skip
"""Four run commands: JupyterLab and a browser, a hub's servers, a lab's own solution, what a learner types in a cell;
the last three are a wall, a hub's, and who tells one something."""
CLOCKS = {"time", "time_ns", "monotonic", "monotonic_ns", "now", "utcnow", "today", "perf_counter"}
IMPURE = CLOCKS | {"open", "read_text", "read_bytes", "write_text", "write_bytes"}

MODULES = sorted(PACKAGE.rglob("*.py"))
FILES = {path: str(path.relative_to(PACKAGE)) for path in MODULES}


def test_the_map_shows_every_room_and_no_other() -> None:
    shown = {line.split()[0] for line in _block("The house")[1:] if line[2:3].strip()}
    files = {path.relative_to(PACKAGE).parts for path in PACKAGE.rglob("*") if path.is_file()}
    there = {f"{first}/" if inner else first for first, *inner in files if inner[:1] != ["__pycache__"]}
    assert shown == {name for name in there if name.endswith(("/", ".py")) and not name.startswith("__")}


def test_what_the_map_tells_of_a_room_is_there() -> None:
    room = ""
    for line in _block("The house")[1:]:
        room = line.split()[0] if line[2:3].strip() else room
        for name in re.findall(r"[\w/]+(?:\.py\b|/(?=\s))", line):
            assert (PACKAGE / name).exists() or (PACKAGE / room / name).exists(), line


def test_the_map_shows_every_folder_of_tests() -> None:
    there = {f"{path.name}/" for path in TESTS.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert there == {line.split()[0] for line in _block("The tests")[1:]}


def test_the_layers_have_every_room_once() -> None:
    drawn = [name for row in LAYERS for name in row]
    assert sorted(drawn) == sorted({_room(path) for path in MODULES} - {"__init__"})


def _room(path: Path) -> str:
    """The row a file belongs to: its top folder or its own name in the package."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def _names(path: Path) -> set[str]:
    """A file, its folder and its room, as the sets above name them."""
    file = path.relative_to(PACKAGE)
    return {_room(path), str(file.parent), str(file)}


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    """All that a file says."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def _imports(path: Path) -> frozenset[str]:
    """Everything a file imports, anywhere in it, as dotted names."""
    found = set[str]()
    for node in _nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def _row(room: str) -> int:
    return next(index for index, rooms in enumerate(LAYERS) if room in rooms)


def test_a_module_imports_only_from_the_rows_below_its_own() -> None:
    known = {name for rooms in LAYERS for name in rooms}
    assert {_room(path) for path in MODULES} - known == {"__init__"}, "add it to LAYERS and to labcheck/README.md"
    assert not {file: above for path, file in FILES.items() if (above := _upward(path, known))}


def _upward(path: Path, known: set[str]) -> list[str]:
    """What a file imports that stands in its own row or above."""
    room = _room(path)
    if room == "__init__":
        return []
    used = {name.split(".")[1] for name in _imports(path) if name.startswith("labcheck.")} & known - {room}
    return sorted(name for name in used if _row(name) <= _row(room))


def test_only_observers_and_the_sandbox_touch_the_world() -> None:
    assert not {
        file: touched for path, file in FILES.items() if not _names(path) & OUTSIDE and (touched := _world(path))
    }


def _world(path: Path) -> frozenset[str]:
    """What a file imports of the world outside."""
    names = _imports(path)
    return (names | {name.split(".")[0] for name in names}) & WORLD


def test_pure_modules_read_no_clock_and_open_no_file() -> None:
    pure = {path: file for path, file in FILES.items() if _names(path) & PURE}
    assert len(pure) > 50
    assert not {file: called for path, file in pure.items() if (called := _called(path) & IMPURE)}


def _called(path: Path) -> set[str]:
    """The names of all that a file calls."""
    return {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in _nodes(path)
        if isinstance(node, ast.Call) and not _is_evidence(node)
    }


@pytest.mark.parametrize(("side", "others"), [("outside", "inside"), ("inside", "outside"), (".", "inside|outside")])
def test_the_two_sides_of_a_sandbox_do_not_import_each_other(side: str, others: str) -> None:
    """Who reads a file knows which process runs it; what both sides need knows of neither."""
    files = [path for path in (PACKAGE / "sandbox").rglob("*.py") if path.parent == PACKAGE / "sandbox" / side]
    across = re.compile(rf"labcheck\.sandbox\.({others})\b")
    assert len(files) > 5
    assert not {path.name for path in files if any(map(across.match, _imports(path)))}


def _is_evidence(call: ast.Call) -> bool:
    """Whether this is ``log.now(query)`` or its like: what the newest look saw is no clock."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == "now" and bool(call.args)


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    lines = {file: len(path.read_text(encoding="utf-8").splitlines()) for path, file in FILES.items()}
    assert not {file: number for file, number in lines.items() if number > 300}


@pytest.mark.parametrize("kind", ["unit", "integration"])
def test_the_tests_mirror_the_package(kind: str) -> None:
    folders = {path.parent.relative_to(TESTS / kind) for path in (TESTS / kind).rglob("test_*.py")}
    assert {str(folder) for folder in folders if not (PACKAGE / folder).is_dir()} <= {"setup"}
    assert not list(TESTS.glob("test_*.py"))
