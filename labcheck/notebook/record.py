"""For authors: run a notebook in a sandbox as CI does, and store what its cells print.

::

    labcheck record notebooks/03-push-and-pull.ipynb

Exercises are filled in to be run and stay empty in the file. Recording again changes only what really differs: an
output that is the same except for what may vary keeps its old bytes. A notebook that would prove nothing is not stored.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import IO, Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode

from labcheck.errors import NotebookError
from labcheck.notebook.guard import problems
from labcheck.notebook.page import codes
from labcheck.notebook.play import Play, play
from labcheck.notebook.result import KIND
from labcheck.notebook.sanitise import sanitised

TIMEOUT = 120
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
"""The same on every machine; since it names a kernel, JupyterLab does not ask which one to use."""

VOLATILE = {"collapsed", "execution", "scrolled"}
"""What JupyterLab notes in a cell's metadata: when it ran, and how it was looked at."""


def record(path: Path) -> None:
    """Run the notebook in this file, and store its outputs in it. Raises :class:`LabcheckError`."""
    try:
        notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]  # nbformat's
    except (OSError, ValueError, nbformat.ValidationError) as error:
        raise NotebookError(f"The notebook {path} cannot be read ({error}).", "Check the path.") from error
    played = play(notebook)
    before = [code.cell["outputs"] for code in codes(notebook)]
    played = played.begin()
    with tempfile.TemporaryFile() as words:
        try:
            _run(notebook, played, path.parent, words)
        except (CellExecutionError, CellTimeoutError) as error:
            raise NotebookError(f"The notebook {path} was not recorded.", str(error)) from error
        except RuntimeError as error:  # the kernel died, or never started
            words.seek(0)
            said = f"{error}\n{words.read().decode(errors='replace')}".strip()
            raise NotebookError(f"The notebook {path} was not recorded.", said) from error
    for code, outputs in zip(codes(notebook), before, strict=True):
        code.cell["outputs"] = _kept(outputs, _merged(code.cell["outputs"]))
        for name in VOLATILE & code.cell["metadata"].keys():
            del code.cell["metadata"][name]
    notebook.metadata = METADATA
    if found := problems(notebook):
        raise NotebookError(f"The notebook {path} was not recorded.", "\n  ".join(found))
    nbformat.write(notebook, path)  # type: ignore[no-untyped-call]  # nbformat's


def _run(notebook: NotebookNode, played: Play, folder: Path, words: IO[bytes]) -> None:
    """Run each code cell, filled in if it is an exercise; the cells themselves stay unchanged.

    ``words`` gets the kernel's own output, which belongs to no cell: a kernel may print errors when it is stopped.
    """
    client = NotebookClient(
        notebook,
        timeout=TIMEOUT,
        kernel_name="python3",
        extra_arguments=["--log-level=ERROR"],
        record_timing=False,
        resources={"metadata": {"path": folder}},
    )
    numbers = {id(code.cell): code for code in codes(notebook)}
    with client.setup_kernel(stderr=words):
        for index, cell in enumerate(notebook.cells):
            code = numbers.get(id(cell))
            if code is None or "nbval-skip" in code.tags:
                continue
            written = cell.source
            cell.source = played.source(code)
            try:
                client.execute_cell(cell, index)
            finally:
                cell.source = written


def _merged(outputs: list[Any]) -> list[Any]:
    """The outputs as any page can show them; consecutive outputs of a stream are joined: their split is arbitrary."""
    merged: list[Any] = []
    for output in outputs:
        last = merged[-1] if merged else None
        if last and output["output_type"] == last["output_type"] == "stream" and output["name"] == last["name"]:
            last["text"] += output["text"]
        else:
            output.get("data", {}).pop(KIND, None)
            merged.append(output)
    return merged


def _kept(before: list[Any], after: list[Any]) -> list[Any]:
    """The previous outputs, if the new ones are the same except for what may differ."""
    return before if _comparable(before) == _comparable(after) else after


def _comparable(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return sanitised(value)
    if isinstance(value, dict):
        return {key: _comparable(inner) for key, inner in value.items()}
    return [_comparable(inner) for inner in value] if isinstance(value, list) else value
