"""Before JupyterLab's server ends, the pages save: what was typed since the last time, some seconds ago, is kept.

A server that is asked to end (SIGTERM, as after Ctrl-C in the terminal) asks each page that shows something of ours to
save its notebooks, and waits for them, but not long: a page in a tab that sleeps does not answer.
"""

from __future__ import annotations

import signal
from datetime import timedelta
from types import FrameType
from typing import Any, Protocol

from tornado.locks import Event
from tornado.util import TimeoutError as TooLate

from labcheck.home import opening
from labcheck.notebook.pressed import Message

PATIENCE = 1.5
"""Seconds for the pages to save."""


class Page(Protocol):
    """An open page."""

    def send(self, message: Message) -> None:
        """Tell the page."""


class Pages:
    """The pages that are open, and which of them have saved."""

    def __init__(self) -> None:
        self._open: set[Page] = set()
        self._all_saved = Event()

    def opened(self, page: Page) -> None:
        """It is there from now on."""
        self._open.add(page)

    def left(self, page: Page) -> None:
        """It has saved, or it is gone: nothing more is expected of it."""
        self._open.discard(page)
        if not self._open:
            self._all_saved.set()

    async def save(self, patience: float = PATIENCE) -> bool:
        """Ask all of them to save; whether all did within so many seconds."""
        if not self._open:
            return True
        self._all_saved.clear()
        for page in tuple(self._open):
            page.send(Message(save=f"The course is closed. To continue: {opening()}"))
        try:
            await self._all_saved.wait(timedelta(seconds=patience))
        except TooLate:
            return False
        return True


def save_before_the_end(server: Any, pages: Pages) -> None:  # noqa: ANN401 - the server's application, whichever it is
    """Have the pages save before this server ends."""

    async def end() -> None:
        if not await pages.save():
            server.log.warning("labcheck: not every page has saved")
        server.stop(from_signal=True)

    def asked(_number: int, _frame: FrameType | None) -> None:
        server.io_loop.add_callback_from_signal(end)

    signal.signal(signal.SIGTERM, asked)
