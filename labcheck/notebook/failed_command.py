"""JupyterLab's side of a terminal in which a command failed: what it said there, and what that means.

The server draws the terminal, so it has the command's words without standing between the command and its terminal:
nothing is changed for the command. They are kept as they are kept anyway, to be drawn in another window, and only the
meaning leaves the server.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.gen import sleep
from tornado.web import authenticated

from labcheck.mistake import LONGEST, explain
from labcheck.mistake.known import shown_by
from labcheck.render.explanation import explained
from labcheck.render.wrap import WIDTH

PATH = "labcheck/meaning"
BEGINS, ENDS = "\x1b]133;C\x07", "\x1b]133;D;"
"""What the prompt writes where a command begins, and where it has ended."""
PATIENCE = 1.0
"""Seconds until what the terminal was told has come through."""
TICK = 0.005
NARROWEST = 40


class FailedCommand(JupyterHandler):
    """The newest command of one terminal."""

    @authenticated
    async def get(self) -> None:
        """What its message means, as lines for a terminal; nothing where that is not known."""
        columns = self.get_query_argument("columns", "")
        shell = self.get_query_argument("terminal", "")
        width = min(WIDTH, max(NARROWEST, int(columns) - 1)) if columns.isdecimal() else WIDTH
        said = await _said(self.settings.get("terminal_manager"), shell)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(meaning(said, width))


async def _said(manager: Any, shell: str) -> str:  # noqa: ANN401 - jupyter_server_terminals has no types
    """What is drawn of the newest command, once it has come through; nothing if no terminal has this shell."""
    terminals = manager.terminals.values() if manager else ()
    drawn: Iterable[str] = next((it.read_buffer for it in terminals if str(it.ptyproc.pid) == shell), ())
    deadline = time.monotonic() + PATIENCE
    while drawn and time.monotonic() < deadline:
        if (said := newest("".join(drawn))) is not None:
            return said
        await sleep(TICK)
    return ""


def newest(drawn: str) -> str | None:
    """The words of the newest command of a terminal; ``None`` as long as its end has not been drawn."""
    _, begins, command = drawn.rpartition(BEGINS)
    words, ends, _ = command.partition(ENDS) if begins else drawn.rpartition(ENDS)
    return words if ends else None


def meaning(said: str, width: int = WIDTH) -> str:
    """What these words mean, below them; nothing where that is not known."""
    found = explain(said[-LONGEST:])
    if found is None:
        return ""
    return ("" if said.endswith("\n") else "\n") + explained(*found, width=width, more=shown_by(found[0]))


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """How JupyterLab's server finds this."""
    return [{"module": "labcheck.notebook.failed_command"}]


def _load_jupyter_server_extension(server: Any) -> None:  # noqa: ANN401 - the server's application, whichever it is
    """Answer the terminals of this server."""
    web = server.web_app
    web.add_handlers(".*$", [(url_path_join(web.settings["base_url"], PATH), FailedCommand)])
