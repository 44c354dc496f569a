"""Notebooks made by hand, small enough to see through, and one that practises a whole lab."""

from __future__ import annotations

import sys
from typing import Any

from labcheck.notebook.page import Cell, Notebook

HELLO: list[dict[str, Any]] = [{"output_type": "stream", "name": "stdout", "text": "hello\n"}]
UNUSED = ("cacheprovider", "hypothesispytest", "xdist")
"""Plugins that have nothing to do with notebooks, and one of which takes seconds to load."""
NBVAL = [sys.executable, "-m", "pytest", "--nbval", *(f"-pno:{name}" for name in UNUSED), "-W", "error", "--color=no"]
"""What to type to have notebooks proved."""


def prose(source: str) -> Cell:
    """A cell of prose."""
    return {"cell_type": "markdown", "id": "prose", "metadata": {}, "source": source}


def code(
    source: str, *tags: str, count: int | None = 1, outputs: list[dict[str, Any]] | None = None, name: str = "code"
) -> Cell:
    """A code cell that was run and printed nothing, or this."""
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {"tags": list(tags)} if tags else {},
        "source": source,
        "execution_count": count,
        "outputs": outputs or [],
    }


def notebook(*cells: Cell) -> Notebook:
    """A notebook of these cells."""
    numbered = [{**cell, "id": f"{cell['id']}-{number}"} for number, cell in enumerate(cells)]
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": numbered}


def typed(commands: str, *tags: str) -> Cell:
    """A cell of commands, never run."""
    return code(f"%%terminal\n{commands}", *tags, count=None)


def called(source: str, *tags: str) -> Cell:
    """A cell of Python, never run."""
    return code(source, *tags, count=None)


IMPORT = code("import labcheck")
PRINT = code("print('hello')", outputs=HELLO)
ERROR: list[dict[str, Any]] = [{"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": []}]

PRACTICE = notebook(
    prose("# Push and pull\n\nguided for nginx, yours for httpd"),
    called('import labcheck\n\nlab = labcheck.open("push-and-pull")'),
    typed("docker run -d --name my-registry -p 5000:5000 --restart=always registry:2"),
    called('lab.check("start-registry")'),
    typed("docker pull nginx:latest"),
    called('lab.check("pull")'),
    typed("# Pull httpd, as you pulled nginx.", "exercise:pull"),
    called('lab.check("pull")'),
    typed("docker image tag nginx:latest localhost:5000/nginx:latest"),
    typed("# Give httpd a name in your registry.", "exercise:tag"),
    called('lab.check("tag")'),
    typed("docker push localhost:5000/nginx:latest"),
    typed("# Push httpd.", "exercise:push"),
    called('lab.check("push")'),
    called('lab.hint("push")'),
    called('lab.solution("push")'),
    typed("curl -X GET localhost:5000/v2/_catalog"),
    called('lab.answer("catalog", "localhost:5000/httpd, localhost:5000/nginx")'),
    called('lab.answer("catalog", ...)', "exercise:catalog"),
    called('lab.check("catalog")'),
    typed("docker image prune -a -f"),
    called('lab.check("prune")'),
    typed("docker pull localhost:5000/nonsense", "raises-exception"),
    called('lab.answer("images-left", ...)', "exercise:images-left"),
    called('lab.check("images-left")'),
    called('lab.answer("why-one-stays", ...)', "exercise:why-one-stays"),
    called('lab.check("why-one-stays")'),
    typed("docker pull localhost:5000/nginx"),
    typed("# Pull httpd back.", "exercise:pull-back"),
    called('lab.check("pull-back")'),
    typed("docker stop my-registry\ndocker rm -v my-registry"),
    called('lab.check("remove-registry")'),
    typed("docker version", "nbval-ignore-output", "reason:versions-differ"),
    called("lab.check()"),
)
"""The whole practice lab."""
