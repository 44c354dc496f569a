"""A page's websocket to JupyterLab's server: the page hears what it is to show, and says what is pressed or typed.

It is JupyterLab's own server that speaks with the page, not the kernel: so what is shown moves and a button answers
while a cell runs, after the kernel was restarted, and in a notebook whose kernel is gone. Whoever may use the
notebooks may use this, and nobody else: the server checks that, as for its kernels.
"""

from __future__ import annotations

from functools import partial
from typing import Any, cast

import msgspec
from jupyter_server.auth.decorator import ws_authenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.base.websocket import WebSocketMixin
from msgspec.structs import replace
from tornado.ioloop import IOLoop
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from labcheck.errors import LabcheckError
from labcheck.notebook.closing import Pages
from labcheck.notebook.pressed import SAVED, Message

PAGES = "labcheck_pages"
"""Where the server's settings have the pages that are open."""
LONGEST = 16_384
"""Bytes of a message from the page: an answer has at most 1000 letters."""


class PageSocket(WebSocketMixin, WebSocketHandler, JupyterHandler):
    """One live part of a page; each kind says what it shows, and what it does when something is pressed."""

    _has_begun = False

    def begin(self) -> None:
        """The page is there. Raises :class:`LabcheckError` where there is nothing to show."""

    def end(self) -> None:
        """The page is gone."""

    def pressed(self, text: str | bytes) -> Message:
        """What the page is told after it said this; called in a thread of its own. Raises ``MsgspecError``."""
        raise NotImplementedError

    @ws_authenticated
    async def get(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - tornado's
        """Become a websocket."""
        await super().get(*arguments, **options)

    def open(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - tornado's
        """Begin to tell what there is to show."""
        super().open(*arguments, **options)
        self._loop = IOLoop.current()
        self._pages().opened(self)
        try:
            self.begin()
        except LabcheckError as error:
            self.send(Message(say=error.in_one_line))
        else:
            self._has_begun = True

    def on_close(self) -> None:
        """Tell no more."""
        super().on_close()
        self._pages().left(self)
        if self._has_begun:
            self.end()

    async def on_message(self, text: str | bytes) -> None:
        """Do what was pressed, in a thread: a look takes a moment, and others' pages go on."""
        if text == SAVED:
            self._pages().left(self)
            return
        if not self._has_begun or len(text) > LONGEST:
            return
        try:
            message = await IOLoop.current().run_in_executor(None, partial(self.pressed, text))
        except msgspec.MsgspecError:
            message = Message(say="The page sent what labcheck does not understand. Load the page again.")
        self.send(replace(message, over=True))

    def later(self, tell: Any, *news: Any) -> None:  # noqa: ANN401 - whatever there is to tell
        """Tell it in the server's own thread; this may be called from any other."""
        self._loop.add_callback(tell, *news)

    def send(self, message: Message) -> None:
        """Tell the page."""
        try:
            self.write_message(msgspec.json.encode(message).decode())
        except WebSocketClosedError:
            self.log.debug("labcheck: the page is gone")

    def _pages(self) -> Pages:
        return cast("Pages", self.settings[PAGES])
