"""A server on port 5000 that answers all with one status and one text, under a name.

Under the name "registry" it has nothing yet, and so says its text only to those who want to write: a HEAD has none.
"""

from __future__ import annotations

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STATUS, NAME, TEXT = int(sys.argv[1]), sys.argv[2], "".join(sys.argv[3:4]).encode()


class Answer(BaseHTTPRequestHandler):
    """One answer to everything."""

    server_version, sys_version = NAME, ""
    default_request_version = "HTTP/1.0"  # what is no HTTP, as TLS, gets a status line, too, as from other servers

    def do_GET(self) -> None:
        """Answer."""
        is_sought = self.command == "HEAD" and NAME == "registry"
        self.send_response(404 if is_sought else STATUS)
        self.send_header("Content-Length", str(len(TEXT)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(TEXT)

    do_HEAD = do_POST = do_PUT = do_GET  # noqa: N815 - named by the standard library

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by the standard library
        """Keep quiet."""


class Quiet(ThreadingHTTPServer):
    """Its output is a shell's: what others say there must stay legible."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet where somebody hangs up."""


if __name__ == "__main__":
    Quiet(("", 5000), Answer).serve_forever()
