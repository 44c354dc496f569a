"""Stands in for an engine of another machine, on port 2375: what it is asked to do fails, in the words it is told.

``start TEXT``: a container cannot be started, as in Docker Desktop on Windows; likewise ``stop``, ``auth`` (a login)
and ``images/create`` (a pull). ``push TEXT``: an image cannot be pushed but with ``--platform``, as with containerd's
image store; it says, too, that content is missing, unless a third word is ``whole``.
"""

from __future__ import annotations

import http.server
import json
import os
import sys

VERB, TEXT, IS_WHOLE = sys.argv[1], sys.argv[2], "whole" in sys.argv[3:]
IMAGE = {"mediaType": "application/vnd.oci.image.index.v1+json", "digest": "sha256:" + "0" * 64, "size": 1}


class Engine(http.server.BaseHTTPRequestHandler):
    """As much of an engine as ``docker run -d`` and ``docker push`` talk to."""

    def do_GET(self) -> None:
        """It is there, and knows nothing."""
        self.answer(200 if self.path == "/_ping" else 404, {"message": "no such thing"})

    do_HEAD = do_DELETE = do_GET  # noqa: N815 - the names that http.server calls

    def do_POST(self) -> None:
        """A container is made, but not started; an image is not pushed."""
        if "/containers/create" in self.path:
            self.answer(201, {"Id": "0" * 64, "Warnings": []})
        elif VERB != "push" and self.path.partition("?")[0].endswith(f"/{VERB}"):
            self.answer(500, {"message": TEXT})
        elif "/push?" in self.path and "platform=" in self.path:
            self.answer(200, {"status": "Pushed"})
        elif f"/{VERB}?" in self.path:
            name = self.path.partition("/images/")[2].rpartition(f"/{VERB}")[0]
            whole = {"status": f"The push refers to repository [{name}]"}
            missing = (whole if IS_WHOLE else {"aux": {"ContentMissing": True, "Desc": IMAGE}},)
            self.answer(200, *missing, {"errorDetail": {"message": TEXT}, "error": TEXT})
        else:
            self.answer(404, {"message": "no such thing"})

    def answer(self, status: int, *documents: object) -> None:
        """Send these documents, one after the other."""
        body = b"".join(json.dumps(document).encode() + b"\r\n" for document in documents)
        self.send_response(status)
        self.send_header("Api-Version", "1.47")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    serving = http.server.ThreadingHTTPServer(("127.0.0.1", 2375), Engine)
    # Only now it is ready: whoever started this may go on.
    if os.fork() == 0:
        serving.serve_forever()
