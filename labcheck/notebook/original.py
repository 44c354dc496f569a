"""Where the course's notebooks are: in the installed package, or in ``notebooks/`` of a clone."""

from __future__ import annotations

from pathlib import Path

from labcheck.errors import NotebookError

_PACKAGE = Path(__file__).parent.parent
PLACES = "*.ipynb", "pictures/*"
"""What belongs to the course. In a clone, what lessons wrote when they were played is beside it."""


def originals() -> dict[str, bytes]:
    """The course's notebooks and the pictures they show, by their path in the folder. Raises :class:`NotebookError`."""
    return {name: path.read_bytes() for name, path in _files().items()}


def lesson(slug: str) -> str:
    """The notebook of this lab, by its path in the folder; the empty string where there is none.

    Notebooks are numbered and named as their labs are. Raises :class:`NotebookError`.
    """
    return next((name for name in _files() if name.lstrip("0123456789").removeprefix("-") == f"{slug}.ipynb"), "")


def _files() -> dict[str, Path]:
    for folder in (_PACKAGE / "notebooks", _PACKAGE.parent / "notebooks"):
        if folder.is_dir():
            files = (path for place in PLACES for path in folder.glob(place) if path.is_file() and path.name[0] != ".")
            return {path.relative_to(folder).as_posix(): path for path in sorted(files)}
    raise NotebookError("The course's notebooks are not installed.", "Install labcheck again.")
