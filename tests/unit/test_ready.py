"""Every type is ready before msgspec decodes it: one that two threads meet at once would end the process."""

from __future__ import annotations

import ast

from tests.support.places import PACKAGE

OWN = PACKAGE / "ready.py"


def given(call: ast.Call) -> ast.expr | None:
    """The type that this call of msgspec's decodes, if it is one and has a type."""
    function = ast.unparse(call.func)
    if not function.startswith("msgspec.") or function.rpartition(".")[2] not in {"decode", "convert", "Decoder"}:
        return None
    named = next((keyword.value for keyword in call.keywords if keyword.arg == "type"), None)
    place = {"convert": 1, "Decoder": 0}.get(function.rpartition(".")[2])
    return named or (call.args[place] if place is not None and len(call.args) > place else None)


def test_every_type_is_made_ready() -> None:
    kinds = [
        (path, node.lineno, ast.unparse(kind))
        for path in PACKAGE.rglob("*.py")
        if path != OWN
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and (kind := given(node)) is not None
    ]
    assert len(kinds) > 30
    assert [it for it in kinds if not it[2].startswith("ready(")] == []
