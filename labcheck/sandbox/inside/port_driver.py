"""Answers what an engine without root asks of rootlesskit: who publishes its ports. Here, nobody has to.

rootlesskit is what usually makes the namespaces of such an engine, and carries ports from outside into them. A sandbox
is reached from within only, so its engine publishes ports by itself. Since Docker 28 it asks nevertheless, at a socket
in ``ROOTLESSKIT_STATE_DIR``, and does not start without an answer (moby, ``internal/rlkclient``). Earlier ones want a
program of rootlesskit's if that variable is set, so they must not see it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from labcheck.sandbox.threads import beside

SOCKET: Final = "api.sock"
ASKS: Final = 28
"""The first version of Docker that asks."""
NO_DRIVER: Final = (
    b'{"apiVersion":"1.1.1","version":"2.3.4","stateDir":"","childPID":1,'
    b'"networkDriver":{"driver":"none"},"portDriver":{"driver":"none"}}'
)
"""As rootlesskit answers that carries neither network nor ports."""


def answer_in(folder: Path) -> None:
    """Answer at the socket in this folder, in a thread of its own, as long as this process runs."""
    from http.server import BaseHTTPRequestHandler  # noqa: PLC0415 - takes 20 ms, and only new engines without root ask
    from socketserver import UnixStreamServer  # noqa: PLC0415 - as above

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(NO_DRIVER)))
            self.end_headers()
            self.wfile.write(NO_DRIVER)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - named as in the library
            """Say nothing."""

    folder.mkdir(mode=0o700)
    beside(UnixStreamServer(str(folder / SOCKET), Answer).serve_forever)
