"""An output that is live in the course's page, over static HTML for every other reader.

Both are in one output. The course's JupyterLab shows the live one (see ``labextensions/``): it speaks with JupyterLab's
server (:mod:`labcheck.notebook.page_server`), not with the kernel, and needs none. nbval, an exported page and any
other front end have the static one, which is the same for the same state.
"""

from __future__ import annotations

from urllib.parse import urlencode

from labcheck.notebook.result import Result


class Live(Result):
    """Shows itself in a notebook, where the page asks the server for ``kind`` and what it is about."""

    __slots__ = ("page",)

    def __init__(self, kind: str, static: Result, **about: str) -> None:
        super().__init__(f"{static}", static._repr_html_())
        self.page = f"{kind}?{urlencode(about)}"
