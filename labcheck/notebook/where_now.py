"""Answers a hub's wall: where the learner of this server is, as soon as that is another place than the wall knows.

Only whom the hub lets use this server may ask: JupyterLab's own server checks that, as for its kernels.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import msgspec
from jupyter_server.base.handlers import JupyterHandler
from tornado.concurrent import Future
from tornado.gen import with_timeout
from tornado.ioloop import IOLoop
from tornado.util import TimeoutError as TooLate
from tornado.web import authenticated

from labcheck.digest import hexadecimal
from labcheck.errors import LabcheckError
from labcheck.notebook.board import Board
from labcheck.notebook.on_wall import HUB, Now
from labcheck.share.where import Where

WAIT: Final = timedelta(seconds=10)
"""After which it is answered though nothing changed, so that the wall knows that this server is there."""


class WhereNow(JupyterHandler):
    """One question of a wall."""

    def initialize(self, board: Board[Where]) -> None:
        """Where the learner is."""
        self.board = board

    @authenticated
    async def get(self) -> None:
        """Answer when it is another place than that of the answer ``known``; at the latest after a while."""
        HUB.asked()
        known, loop = self.get_query_argument("known", ""), IOLoop.current()
        told: Future[Now] = Future()
        newest: list[Now] = []

        def hear(news: Where | LabcheckError) -> None:
            if not isinstance(news, LabcheckError):  # a journal that cannot be read is told to the learner
                loop.add_callback(consider, Now(_name(news), news))

        def consider(now: Now) -> None:
            newest[:] = [now]
            if now.name != known and not told.done():
                told.set_result(now)

        self.board.join(_nobody)  # it goes on between two questions: how long one has been stuck would start over
        self.board.join(hear)
        try:
            now = await with_timeout(WAIT, told)
        except TooLate:
            now = newest[0] if newest else Now("", Where())
        finally:
            self.board.leave(hear)
        self.set_header("Content-Type", "application/json")
        self.finish(msgspec.json.encode(now))


def _name(where: Where) -> str:
    return hexadecimal(msgspec.json.encode(where.lasting))[:16]


def _nobody(_news: Where | LabcheckError) -> None:
    """Nobody listens."""
