"""A widget of the course's: it answers on the page, over static HTML for every reader that has no widgets.

Both are in one output. A page with JupyterLab's widgets shows the live one, which speaks with JupyterLab's server (see
:mod:`labcheck.notebook.page_server`), not with the kernel; nbval, an exported page and a reader on the web have the
static one. The script is read as it is: nothing is built, and nothing is fetched.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import anywidget
import traitlets

HERE = Path(__file__).parent


class Widget(anywidget.AnyWidget):
    """One output, which is ``html`` and ``text`` where no server tells its page more."""

    _esm = (HERE / "widget.js").read_text(encoding="utf-8")
    _css = (HERE / "widget.css").read_text(encoding="utf-8")
    page = traitlets.Unicode().tag(sync=True)
    """What its page asks the server for, as ``live?lab=push-and-pull``; nothing where it only shows."""
    html = traitlets.Unicode().tag(sync=True)
    static = ""
    """What is stored in the notebook, if that is less than ``html``."""
    text = ""

    def __init__(self, kind: str = "", **about: str) -> None:
        super().__init__(page=f"{kind}?{urlencode(about)}" if kind else "")

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:  # noqa: ANN401 - anywidget's
        bundle = super()._repr_mimebundle_(**options)
        if bundle is None:
            return None
        data, metadata = bundle
        return data | {"text/plain": self.text, "text/html": self.static or self.html}, metadata
