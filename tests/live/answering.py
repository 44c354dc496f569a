"""A server on port 5000 that is no registry: it answers everything with one status, and calls itself as it is told."""

from __future__ import annotations

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STATUS, NAME = int(sys.argv[1]), sys.argv[2]


class Answer(BaseHTTPRequestHandler):
    """One answer to everything."""

    server_version, sys_version = NAME, ""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(STATUS)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_POST = do_PUT = do_GET  # noqa: N815 - named by the standard library

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by the standard library
        """Keep quiet."""


if __name__ == "__main__":
    ThreadingHTTPServer(("", 5000), Answer).serve_forever()
