"""A server on port 5000 that is not a registry: it answers all with one status and one text, under a name."""

from __future__ import annotations

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STATUS, NAME, TEXT = int(sys.argv[1]), sys.argv[2], "".join(sys.argv[3:4]).encode()


class Answer(BaseHTTPRequestHandler):
    """One answer to everything."""

    server_version, sys_version = NAME, ""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(STATUS)
        self.send_header("Content-Length", str(len(TEXT)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(TEXT)

    do_HEAD = do_POST = do_PUT = do_GET  # noqa: N815 - named by the standard library

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by the standard library
        """Keep quiet."""


if __name__ == "__main__":
    ThreadingHTTPServer(("", 5000), Answer).serve_forever()
