"""JupyterLab's side of the live checklist: a websocket a page, on which it hears how its lab stands, and presses.

It is JupyterLab's own server that speaks with the page, not the kernel: so a step ticks and a button answers while a
cell runs, after the kernel was restarted, and in a notebook whose kernel is gone. Whoever may use the notebooks may
use this, and nobody else: the server checks that, as for its kernels.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from jupyter_server.auth.decorator import ws_authenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.base.websocket import WebSocketMixin
from jupyter_server.utils import url_path_join
from tornado.ioloop import IOLoop
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from labcheck.errors import LabcheckError
from labcheck.lab import Lab, load
from labcheck.notebook.board import Board
from labcheck.notebook.pressed import Message, Pressed, Shown, pressed, standing
from labcheck.report import Report

PATH = "labcheck/live"
LONGEST = 16_384
"""Bytes of a message from the page: an answer has at most 1000 letters."""


class Boards:
    """The labs that pages show."""

    def __init__(self) -> None:
        self._boards: dict[str, Board] = {}

    def board(self, lab: Lab) -> Board:
        """The board of this lab, the same for all."""
        return self._boards.setdefault(lab.slug, Board(lab))


class LiveChecklist(WebSocketMixin, WebSocketHandler, JupyterHandler):
    """One page that shows a lab."""

    lab: Lab | None = None
    shown: Shown | None = None

    def initialize(self, boards: Boards) -> None:
        """What all pages share."""
        self.boards = boards

    @ws_authenticated
    async def get(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - tornado's
        """Become a websocket."""
        await super().get(*arguments, **options)

    def open(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - tornado's
        """Begin to tell how the lab stands."""
        super().open(*arguments, **options)
        self._loop = IOLoop.current()
        try:
            self.lab = load(self.get_query_argument("lab", ""))
        except LabcheckError as error:
            self._send(Message(say=f"{error} {error.remedy}".strip()))
            return
        self.boards.board(self.lab).join(self._hear)

    def on_close(self) -> None:
        """The page is gone."""
        super().on_close()
        if self.lab is not None:
            self.boards.board(self.lab).leave(self._hear)

    async def on_message(self, text: str | bytes) -> None:
        """Do what was pressed, in a thread: a look takes a moment, and others' pages go on."""
        if self.lab is None or len(text) > LONGEST:
            return
        try:
            press = msgspec.json.decode(text, type=Pressed)
        except msgspec.MsgspecError:
            self._send(Message(say="The page sent what labcheck does not understand. Load the page again."))
            return
        self._send(await IOLoop.current().run_in_executor(None, partial(pressed, self.lab, press)))

    def _hear(self, news: Report | LabcheckError) -> None:
        """The board's thread has news."""
        self._loop.add_callback(self._tell, news)

    def _tell(self, news: Report | LabcheckError) -> None:
        if self.lab is None:
            return
        if isinstance(news, LabcheckError):
            self._send(Message(say=f"{news} {news.remedy}".strip()))
            return
        before, self.shown = self.shown, standing(self.lab, self.shown, news)
        if before is None or self.shown.message.say or self.shown.message.html != before.message.html:
            self._send(self.shown.message)

    def _send(self, message: Message) -> None:
        try:
            self.write_message(msgspec.json.encode(message).decode())
        except WebSocketClosedError:
            self.log.debug("labcheck: the page is gone")


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """How JupyterLab's server finds this."""
    return [{"module": "labcheck.notebook.page_server"}]


def _load_jupyter_server_extension(server: Any) -> None:  # noqa: ANN401 - the server's application, whichever it is
    """Serve the pages of this server."""
    web, base = server.web_app, server.web_app.settings["base_url"]
    handler: tuple[str, Callable[..., object], dict[str, object]] = (
        url_path_join(base, PATH),
        LiveChecklist,
        {"boards": Boards()},
    )
    web.add_handlers(".*$", [handler])
