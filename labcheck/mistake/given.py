"""Which facts the functions beside a page can give: what its words may mention beside what its patterns find."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from types import ModuleType
from typing import TypeAlias

Given: TypeAlias = Mapping[str, frozenset[str] | None]
"""By a page's name, the facts that its functions give; ``None`` where that cannot be told."""


def given_by(module: ModuleType) -> frozenset[str] | None:
    """The names in all calls of ``facts`` in this module; ``None`` if there is one that hands on what it got."""
    calls = (it for it in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(it, ast.Call))
    names = [word.arg for call in calls if _is_of_facts(call.func) for word in call.keywords]
    return None if None in names else frozenset(name for name in names if name)


def together(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """What two modules give."""
    return None if one is None or other is None else one | other


def _is_of_facts(called: ast.expr) -> bool:
    match called:
        case ast.Name("facts") | ast.Attribute(attr="facts"):
            return True
    return False
