"""The wall's server: it hears learners, who sign what they tell, and serves the page to whoever has its token.

A learner can only say where they are themselves, in at most :data:`~labcheck.share.where.LONGEST` bytes at a time.
"""

from __future__ import annotations

import asyncio
import hmac
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from time import time
from typing import Any, Final

import msgspec
from tornado.httpserver import HTTPServer
from tornado.ioloop import PeriodicCallback
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from labcheck.errors import Refused
from labcheck.share.deliver import DELIVERED, OLDER, PATH, SIGNATURE
from labcheck.share.where import LONGEST
from labcheck.wall.need import rows
from labcheck.wall.page import page, wall
from labcheck.wall.register import Register

TICK: Final = 0.25
"""Seconds between two redrawings of the page while something is new."""
AGEING: Final = 5.0
"""Seconds after which it is redrawn though nothing was heard: how long something has lasted is shown in minutes."""
KEEP: Final = 2.0
"""Seconds between two writings of what was heard."""
PATIENCE: Final = 10.0
"""For how many seconds a learner's connection may be quiet."""
COOKIE: Final = "labcheck-wall"
DENIED, BAD = 403, 400
PORTS: Final = range(2**16)
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Wall:
    """What is shown, and to which pages."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.pages: set[Page] = set()
        self._is_new, self._drawn_at, self._shown = True, 0.0, ""

    def hear(self, content: bytes, code: str) -> int:
        """Take in a message; returns the status of the answer."""
        try:
            refusal = self.register.hear(content, code, time())
        except (msgspec.MsgspecError, RecursionError):
            return BAD
        if refusal:
            return OLDER if refusal.is_older else DENIED
        self.renew()
        return DELIVERED

    def renew(self) -> None:
        """Something is new, and will be shown with whatever else is by then."""
        self._is_new = True

    def drawn(self) -> str:
        """The wall as it is now."""
        now = time()
        return wall(rows(self.register, self.register.names, now))

    def tick(self) -> None:
        """Show what is new."""
        if not self.pages or not (self._is_new or time() - self._drawn_at >= AGEING):
            return
        self._is_new, self._drawn_at = False, time()
        if (drawn := self.drawn()) != self._shown:
            self._shown = drawn
            for each in tuple(self.pages):
                each.show(drawn)

    def admits(self, token: str) -> bool:
        """Whether this is the page's token."""
        return hmac.compare_digest(token.encode(), self.register.token.encode())


class Inbox(RequestHandler):
    """Where learners' machines tell where they are."""

    def initialize(self, it: Wall) -> None:
        """The wall."""
        self.wall = it

    def post(self) -> None:
        """Take in one message."""
        self.set_status(self.wall.hear(self.request.body, self.request.headers.get(SIGNATURE, "")))

    def check_xsrf_cookie(self) -> None:
        """A message is signed."""


class Front(RequestHandler):
    """The page."""

    def initialize(self, it: Wall) -> None:
        """The wall."""
        self.wall = it

    def set_default_headers(self) -> None:
        """Nothing from elsewhere, and nothing is kept."""
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def get(self) -> None:
        """Show it to whoever has its address; the token goes into a cookie, and out of the address."""
        if token := self.get_query_argument("token", ""):
            if self.wall.admits(token):
                self.set_cookie(COOKIE, token, httponly=True, samesite="Strict")
                self.redirect(self.request.path)
                return
        elif self.wall.admits(self.get_cookie(COOKIE) or ""):
            self.finish(page(self.wall.drawn()))
            return
        self.set_status(DENIED)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("Open the wall by the address that labcheck wall printed.\n")


class Page(WebSocketHandler):
    """One page that is open."""

    def initialize(self, it: Wall) -> None:
        """The wall."""
        self.wall = it

    async def get(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - tornado's
        """Become a websocket, for whoever has the page."""
        if not self.wall.admits(self.get_cookie(COOKIE) or ""):
            self.set_status(DENIED)
            self.finish()
            return
        await self.upgraded(*arguments, **options)

    async def upgraded(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - tornado's
        """Become a websocket."""
        await WebSocketHandler.get(self, *arguments, **options)

    def open(self, *_arguments: str, **_options: str) -> None:
        """Show how it stands."""
        self.wall.pages.add(self)
        self.show(self.wall.drawn())

    def on_message(self, message: str | bytes) -> None:
        """A page has nothing to say."""

    def on_close(self) -> None:
        """Show no more."""
        self.wall.pages.discard(self)

    def show(self, drawn: str) -> None:
        """Send it."""
        with suppress(WebSocketClosedError):
            self.write_message(drawn)


def application(it: Wall) -> Application:
    """The server's parts."""
    given = {"it": it}
    return Application([(PATH, Inbox, given), ("/", Front, given), ("/live", Page, given)], websocket_ping_interval=20)


@contextmanager
def taken(host: str, port: int) -> Iterator[list[socket.socket]]:
    """Sockets that listen at this address. Raises :class:`Refused`."""
    from tornado.netutil import bind_sockets  # noqa: PLC0415 - with it, the address is looked up

    if port not in PORTS:  # one above would be taken for another
        raise Refused(f"The wall cannot listen at port {port}: there is no such port.", "Choose another with --port.")
    try:
        listening = bind_sockets(port, host or None)
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", "") or "the address is not one of this machine"
        raise Refused(f"The wall cannot listen at port {port}: {why}.", "Choose another with --port.") from error
    try:
        yield listening
    finally:
        for each in listening:
            each.close()


def serve(
    it: Wall,
    listening: list[socket.socket],
    tell: Callable[[str], object],
    parts: Application,
    beside: Callable[[], Coroutine[None, None, None]] | None = None,
) -> None:
    """Show the wall until Ctrl-C or a request to end; ``tell`` is called with trouble, ``beside`` runs meanwhile."""
    asyncio.run(_served(it, listening, tell, parts, beside))


async def _served(
    it: Wall,
    listening: list[socket.socket],
    tell: Callable[[str], object],
    parts: Application,
    beside: Callable[[], Coroutine[None, None, None]] | None,
) -> None:
    register, over = it.register, asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, over.set)
    server = HTTPServer(
        parts,
        max_body_size=LONGEST,
        max_buffer_size=4 * LONGEST,
        idle_connection_timeout=PATIENCE,
        body_timeout=PATIENCE,
    )
    server.add_sockets(listening)
    told = set[str]()

    def keep() -> None:
        try:
            register.keep()
        except OSError as error:
            said = f"What was heard cannot be kept: {error.strerror}. The wall goes on."
            if said not in told:
                told.add(said)
                tell(said)

    ticking = [PeriodicCallback(it.tick, TICK * 1000), PeriodicCallback(keep, KEEP * 1000)]
    keep()
    for each in ticking:
        each.start()
    task = asyncio.create_task(beside()) if beside else None
    try:
        await over.wait()
    finally:
        if task:
            task.cancel()
        for each in ticking:
            each.stop()
        server.stop()
        keep()
