"""A wall as a service of JupyterHub: it asks each learner's server where they are; whom the hub lets may see the page.

It has a token of the hub's, with which it may list users and use their servers; it uses them for this question only.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import time, time_ns
from typing import Any, Final
from urllib.parse import quote, urljoin, urlsplit

import msgspec
from jupyterhub.services.auth import HubOAuthCallbackHandler, HubOAuthenticated
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest, HTTPResponse
from tornado.web import Application, authenticated

from labcheck.home import claimed
from labcheck.ready import ready
from labcheck.share.where import LONGEST, Where
from labcheck.wall.page import page
from labcheck.wall.register import Register
from labcheck.wall.server import DENIED, Front, Page, Wall

FILE: Final = "hub.wall.json"
LIST: Final = 3.0
"""Seconds between two questions to the hub who is there."""
PATIENCE: Final = 20.0
"""For how many seconds to wait for an answer; a learner's server takes half of that when nothing changed."""
RETRY: Final = 2.0
COOKIE_SECRET: Final = 32
UNCHANGED: Final = 304
"""The status of an answer that is the one whose tag was sent along."""
VARIABLES: Final = ("API_URL", "API_TOKEN", "SERVICE_PREFIX", "SERVICE_URL")


class Server(msgspec.Struct):
    """A learner's server, as the hub lists it."""

    url: str
    ready: bool = False


class User(msgspec.Struct):
    """A user, as the hub lists them."""

    name: str
    servers: dict[str, Server] = {}


class Answer(msgspec.Struct):
    """What a learner's server answers (:class:`labcheck.notebook.on_wall.Now`)."""

    name: str
    where: Where


class Service(msgspec.Struct, frozen=True):
    """What the hub tells its service, and where its proxy is."""

    api: str
    token: str
    prefix: str
    listens: str
    proxy: str

    @classmethod
    def told(cls, own: Mapping[str, str], proxy: str) -> Service | None:
        """As the hub told it in these variables; ``None`` if it did not."""
        api, token, prefix, listens = (own.get(f"JUPYTERHUB_{name}", "") for name in VARIABLES)
        return cls(api, token, prefix, listens, proxy) if api and token and prefix and listens else None

    @property
    def place(self) -> tuple[str, int]:
        """The address and port at which the hub expects it."""
        parts = urlsplit(self.listens)
        return parts.hostname or "", parts.port or 0


class Asking:
    """Asks all servers that run, each in a task of its own."""

    def __init__(self, service: Service, wall: Wall) -> None:
        self._service, self._register, self._wall = service, wall.register, wall
        self._client = AsyncHTTPClient(force_instance=True, max_clients=10_000, max_body_size=LONGEST * 16)
        self._asked: dict[str, asyncio.Task[None]] = {}
        self._said: dict[str, tuple[str, bytes]] = {}

    async def go_on(self) -> None:
        """Ask whoever is there, until this is cancelled."""
        try:
            while True:
                with suppress(HTTPClientError, OSError, msgspec.MsgspecError):  # the hub is being restarted
                    self._follow(await self._servers())
                await asyncio.sleep(LIST)
        finally:
            for task in self._asked.values():
                task.cancel()
            self._client.close()

    async def _servers(self) -> dict[str, str]:
        """The path of each server that is ready, by its user."""
        found, offset = dict[str, str](), 0
        while True:
            body = await self._news(f"{self._service.api}/users?state=ready&limit=200&offset={offset}")
            users = msgspec.json.decode(body, type=ready(list[User]))
            found |= {user.name: user.servers[""].url for user in users if "" in user.servers}
            if len(users) < 200:  # noqa: PLR2004 - as many as were asked for
                return found
            offset += len(users)

    def _follow(self, servers: Mapping[str, str]) -> None:
        for name, path in servers.items():
            self._register.names.setdefault(name, name)
            task = self._asked.get(name)
            if task is None or task.done():
                self._asked[name] = asyncio.create_task(self._one(name, path))
        for name in self._asked.keys() - servers.keys():
            self._asked.pop(name).cancel()

    async def _one(self, name: str, path: str) -> None:
        """One learner, as long as their server answers."""
        where = urljoin(self._service.proxy, f"{path}labcheck/where?known=")
        known = ""
        while True:
            try:
                answer = msgspec.json.decode(await self._got(where + quote(known)), type=ready(Answer))
            except (HTTPClientError, OSError, msgspec.MsgspecError):
                await asyncio.sleep(RETRY)
                continue
            known = answer.name
            self._register.learn(name, time_ns() // 1000, answer.where, time())
            self._wall.renew()

    async def _news(self, url: str) -> bytes:
        """What the hub answers. If it has nothing new to say, it need not, and does not log that it was asked."""
        etag, body = self._said.get(url, ("", b""))
        answer = await self._answered(url, {"If-None-Match": etag} if etag else {})
        if answer.code == UNCHANGED:
            return body
        answer.rethrow()
        self._said[url] = answer.headers.get("ETag", ""), answer.body
        return answer.body

    async def _got(self, url: str) -> bytes:
        answer = await self._answered(url, {})
        answer.rethrow()
        return answer.body

    async def _answered(self, url: str, known: Mapping[str, str]) -> HTTPResponse:
        headers = {"Authorization": f"token {self._service.token}", "Accept": "application/json", **known}
        request = HTTPRequest(
            url, headers=headers, request_timeout=PATIENCE, connect_timeout=PATIENCE, follow_redirects=False
        )
        return await self._client.fetch(request, raise_error=False)


class HubFront(HubOAuthenticated, Front):
    """The page, for whom the hub lets see it."""

    def get(self) -> None:
        """Show it; whoever has not logged in is led there."""
        self._shown()

    @authenticated
    def _shown(self) -> None:
        self.finish(page(self.wall.drawn()))


class HubPage(HubOAuthenticated, Page):
    """One page that is open."""

    async def get(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - tornado's
        """Become a websocket, for whom the hub lets see the page."""
        if self.get_current_user() is None:
            self.set_status(DENIED)
            self.finish()
            return
        await self.upgraded(*arguments, **options)


def application(it: Wall, service: Service) -> Application:
    """The server's parts, below the path that the hub gave it."""
    given, prefix = {"it": it}, service.prefix
    parts: list[tuple[str, Any, dict[str, Any]]] = [
        (prefix, HubFront, given),
        (f"{prefix}live", HubPage, given),
        (f"{prefix}oauth_callback", HubOAuthCallbackHandler, {}),
    ]
    return Application(parts, cookie_secret=os.urandom(COOKIE_SECRET), websocket_ping_interval=20)


def register() -> Register:
    """What was heard, kept in the home of whoever runs the service. Raises ``OSError``."""
    return Register({}, Path(claimed()) / FILE)
