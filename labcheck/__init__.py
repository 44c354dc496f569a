"""labcheck looks at the real Docker engine and the real registry and says what is done, what is not, and why."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from labcheck.errors import InvalidReference as InvalidReference
    from labcheck.errors import LabcheckError as LabcheckError
    from labcheck.notebook.course import course as course
    from labcheck.notebook.explorer import explorer as explorer
    from labcheck.notebook.opened import open as open  # noqa: A004 - labcheck.open reads as what it does
    from labcheck.notebook.registry import registry as registry
    from labcheck.notebook.typed import load_ipython_extension as load_ipython_extension
    from labcheck.reference import Reference as Reference
    from labcheck.reference import parse_reference as parse_reference

__version__ = "0.1.0"

__all__ = [
    "InvalidReference",
    "LabcheckError",
    "Reference",
    "__version__",
    "course",
    "explorer",
    "load_ipython_extension",
    "open",
    "parse_reference",
    "registry",
]

_HOMES = {
    "InvalidReference": "labcheck.errors",
    "LabcheckError": "labcheck.errors",
    "Reference": "labcheck.reference",
    "course": "labcheck.notebook.course",
    "explorer": "labcheck.notebook.explorer",
    "load_ipython_extension": "labcheck.notebook.typed",
    "open": "labcheck.notebook.opened",
    "parse_reference": "labcheck.reference",
    "registry": "labcheck.notebook.registry",
}


def __getattr__(name: str) -> object:
    """A public name, loaded on first use, so that ``import labcheck`` is quick no matter what the name needs."""
    if name not in _HOMES:
        raise AttributeError(f"module 'labcheck' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
