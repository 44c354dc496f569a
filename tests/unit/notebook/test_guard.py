"""A notebook that would pass without proving anything is found when it is read."""

from __future__ import annotations

from typing import Any

import pytest

from labcheck.notebook.guard import problems
from labcheck.notebook.page import Cell
from labcheck.notebook.sanitise import sanitised
from tests.support.pages import ERROR, HELLO, IMPORT, PRINT, code, notebook, prose

UNKNOWN: list[dict[str, Any]] = [
    {"output_type": "stream", "name": "stderr", "text": ["UsageError: Cell magic `%%nosuch` not found.\n"]}
]


def test_a_notebook_that_was_run_is_fine() -> None:
    raised = code("raise ValueError('no')", "raises-exception", outputs=ERROR)
    skipped = code("input()", "nbval-skip", "reason:asks-for-a-password", count=None)
    ignored = code("%%terminal\ndocker version", "nbval-ignore-output", "reason:versions-differ", outputs=HELLO)
    assert problems(notebook(prose("# Hello"), IMPORT, PRINT, raised, skipped, ignored)) == []


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        (code("print('hello')", count=None), "Cell 2 [ ] (print('hello')): it was never run."),
        (code("print('hello')", count=None, outputs=HELLO), "it was never run"),
        (code(" \n", count=None), "Cell 2 [ ] (empty): it is empty."),
        (code("raise ValueError('no')", outputs=ERROR), "the stored output is an error"),
        (code("x = 1", "raises-exception"), "tagged raises-exception, but the stored output is not an error"),
        (code("input()", "nbval-skip", count=None), "nbval-skip needs a reason"),
        (code("input()", "nbval-skip", "reason:", count=None), "nbval-skip needs a reason"),
        (
            code("%%terminal\ndocker ps", "nbval-ignore-output"),
            "Cell 2 [1] (docker ps): nbval-ignore-output needs a reason",
        ),
        (code("# NBVAL_SKIP\ninput()"), "NBVAL_SKIP must be a tag"),
        (code("#NBVAL_IGNORE_OUTPUT\nprint()", outputs=HELLO), "NBVAL_IGNORE_OUTPUT must be a tag"),
        (code("%%nosuch\nx", outputs=UNKNOWN), "Cell magic `%%nosuch` not found."),
    ],
)
def test_what_would_prove_nothing_is_named(cell: Cell, problem: str) -> None:
    (found,) = problems(notebook(IMPORT, cell))
    assert problem in found


DIGEST = "sha256:" + 64 * "a"
A, B, C = (12 * letter for letter in "abc")
PUSH = "The push refers to x\n{layers}latest: digest: sha256:{digest} size: {size}\n"
PRUNE = "Deleted Images:\n{rows}\nTotal reclaimed space: {room}\n"
VARIES = {
    "a container's id": (f"{64 * 'a'}\n", f"{64 * 'b'}\n"),
    "the layers of a push": (
        PUSH.format(layers=f"{A}: Preparing\n{B}: Preparing\n{B}: Pushed\n{A}: Pushed\n", digest=64 * "a", size=949),
        PUSH.format(layers=f"{C}: Layer already exists\n", digest=64 * "b", size=1234),
    ),
    "what a prune removed": (
        PRUNE.format(rows=f"untagged: a@{DIGEST}\ndeleted: {DIGEST}\n", room="20.24MB"),
        PRUNE.format(rows=f"deleted: {DIGEST}\nuntagged: b\nuntagged: c\n", room="3kB"),
    ),
}
DIFFERS = {
    "where a push went": ("The push refers to repository [a/x]\n", "The push refers to repository [b/x]\n"),
    "whether anything was pruned": ("Total reclaimed space: 3kB\n", "Deleted Images:\nuntagged: b\n\n"),
    "which image was pulled": (f"{A}: Pull complete\nnginx:latest\n", f"{A}: Pull complete\nhttpd:latest\n"),
    "a short number": ("repositories: 12", "repositories: 13"),
}


@pytest.mark.parametrize("name", VARIES)
def test_what_must_vary_is_not_compared(name: str) -> None:
    one, other = VARIES[name]
    assert sanitised(one) == sanitised(other)


@pytest.mark.parametrize("name", DIFFERS)
def test_all_else_is_compared(name: str) -> None:
    one, other = DIFFERS[name]
    assert sanitised(one) != sanitised(other)
