"""What JupyterLab shows the first time: the start page, and a terminal beside it; the list of files is folded away.

It is a workspace as JupyterLab itself writes it. From then on JupyterLab updates it with whatever the learner opens and
moves; it is not written again.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

START_PAGE = "00-start-here.ipynb"
FILE = Path("lab/workspaces/default-37a8.jupyterlab-workspace")
"""The default workspace; JupyterLab derives the number from the name."""
_NOTEBOOK, _TERMINAL = f"notebook:{START_PAGE}", "terminal:1"


def lay(settings: Path) -> None:
    """Write the workspace into JupyterLab's settings, unless there is one. Raises ``OSError``."""
    path = settings / FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(msgspec.json.encode({"data": _first(), "metadata": {"id": "default"}}))


def _first() -> dict[str, object]:
    beside = {
        "type": "split-area",
        "orientation": "horizontal",
        "sizes": [0.6, 0.4],
        "children": [_tab(_NOTEBOOK), _tab(_TERMINAL)],
    }
    folded = {"collapsed": True, "visible": True, "widgets": ["filebrowser"]}
    layout = {"main": {"dock": beside, "current": _NOTEBOOK}, "left": folded, "relativeSizes": [0, 1, 0]}
    return {
        "layout-restorer:data": layout,
        _NOTEBOOK: {"data": {"path": START_PAGE, "factory": "Notebook"}},
        _TERMINAL: {"data": {"name": "1"}},
    }


def _tab(widget: str) -> dict[str, object]:
    return {"type": "tab-area", "currentIndex": 0, "widgets": [widget]}
