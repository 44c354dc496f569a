"""A learner's course on a hub, used through the hub's proxy, with a token of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import websocket

from tests.hub.hub import TestHub
from tests.live.course import Course


class OnHub(Course):
    """The course of one learner; ``as_`` somebody else, with whose token it is tried."""

    def __init__(self, hub: TestHub, learner: str, *, as_: str | None = None) -> None:
        super().__init__(f"{hub.url}/?token={hub.token(as_ or learner)}")
        self.server += f"/user/{learner}"

    @contextmanager
    def connected(self, path: str) -> Iterator[websocket.WebSocket]:
        """A websocket; a hub takes no token in an address."""
        header = {"Authorization": f"token {self.token}"}
        connection = websocket.create_connection(f"ws://{self.server}{path}", timeout=60, header=header)
        try:
            yield connection
        finally:
            connection.close()
