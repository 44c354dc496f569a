"""How JupyterHub starts a learner's server: in a sandbox of theirs, beside an engine that runs without root.

It is the hub's own spawner for users of its machine, and only says what to start, and where that listens.
"""

from __future__ import annotations

import asyncio
import pwd
import socket
import subprocess
import sys
from pathlib import Path

from jupyterhub.spawner import LocalProcessSpawner
from tornado.web import HTTPError
from traitlets import Unicode, default

from labcheck.hub import listener
from labcheck.hub.settings import FOLDER, pages
from labcheck.sandbox.protocol import Channel, Failed, Message, Ready

INTERNAL = 500
UNUSED = 8888
"""JupyterLab's default port: with another one it would not listen on a socket's file."""


class NotStartedError(HTTPError):
    """A learner's server did not start; the hub's page shows what is said, also if that was known at once.

    Of what ends within the first second, JupyterHub shows only what HTTP's errors say; of others, this attribute.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(INTERNAL, sentence)
        self.jupyterhub_message = sentence


class CourseSpawner(LocalProcessSpawner):
    """Starts the course for a learner: JupyterLab in a sandbox, beside an engine of their own that needs no root."""

    args: list[str]
    popen_kwargs: dict[str, object]

    pages = Unicode(
        str(pages(FOLDER)),
        help="A folder of root's, in which learners' servers listen. Its path is short and has no capital letters.",
    ).tag(config=True)

    @default("cmd")
    def _cmd(self) -> list[str]:
        return [sys.executable, "-P", "-m", "labcheck.hub.server"]

    @property
    def page(self) -> Path:
        """Where this learner's server listens."""
        return Path(self.pages, str(pwd.getpwnam(self.user.name).pw_uid))

    async def start(self) -> str:
        """Start the server; its address, once its page is there."""
        self.port = UNUSED
        self.page.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        ours, theirs = socket.socketpair()
        usual = self.args, self.popen_kwargs
        with ours:
            with theirs, listener.opened(self.page) as listening:
                handed = (listening.fileno(), theirs.fileno())
                self.args = [*self.args, *map(str, handed)]
                self.popen_kwargs = {"stdin": subprocess.DEVNULL, **self.popen_kwargs, "pass_fds": handed}
                try:
                    await super().start()
                finally:
                    self.args, self.popen_kwargs = usual
            match await asyncio.to_thread(_told, Channel(ours), self.start_timeout):
                case Ready():
                    return listener.address(self.page)
                case Failed(sentence, remedy):
                    raise NotStartedError(f"{sentence} {remedy}")
        raise NotStartedError("The course ended before it was ready. The hub's log says more.")

    def clear_state(self) -> None:
        """Forget the process; where it listened is removed."""
        super().clear_state()
        listener.removed(self.page)


def _told(channel: Channel, within: float) -> Message | None:
    """What the process says; nothing once it has ended."""
    try:
        return channel.receive(within)
    except OSError:
        return None
