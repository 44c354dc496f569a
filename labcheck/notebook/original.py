"""Where the course's notebooks are: in the installed package, or in ``notebooks/`` of a clone."""

from __future__ import annotations

from pathlib import Path

from labcheck.errors import NotebookError

_PACKAGE = Path(__file__).parent.parent


def originals() -> dict[str, bytes]:
    """The course's notebooks and the pictures they show, by their path in the folder. Raises :class:`NotebookError`."""
    for folder in (_PACKAGE / "notebooks", _PACKAGE.parent / "notebooks"):
        if folder.is_dir():
            files = (path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path.relative_to(folder)))
            return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(files)}
    raise NotebookError("The course's notebooks are not installed.", "Install labcheck again.")


def _is_hidden(path: Path) -> bool:
    """Whether it is an editor's or JupyterLab's own, for instance ``.ipynb_checkpoints``."""
    return any(part.startswith(".") for part in path.parts)
