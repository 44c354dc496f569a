"""Stands in for Docker Hub inside a sandbox, where a mistake needs one that refuses.

It answers for Docker Hub's names, by DNS and by HTTPS. It gives a token to everybody, and then says no; with the
argument ``limit`` it says that too much was pulled, with ``trouble`` that it cannot answer now.
"""

from __future__ import annotations

import http.server
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
from pathlib import Path

KEY, CERTIFICATE = "/run/hub.key", "/run/hub.crt"
TRUSTED = Path(os.environ.get("SSL_CERT_FILE", "/etc/ssl/certs/ca-certificates.crt"))
LIMIT = "You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit"


class Hub(http.server.BaseHTTPRequestHandler):
    """Answers as Docker Hub does: without the right to it, nobody may pull or push anything."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """A token for everybody; 429 for a manifest where the limit is reached, 503 in trouble; else no."""
        if self.path.startswith("/token"):
            self.answer(200, {"token": "nothing", "access_token": "nothing"})
        elif "/manifests/" in self.path and "limit" in sys.argv:
            self.answer(429, {"errors": [{"code": "TOOMANYREQUESTS", "message": LIMIT}]})
        elif "/manifests/" in self.path and "trouble" in sys.argv:
            self.answer(503, {})
        else:
            self.refuse()

    def refuse(self) -> None:
        """No: what was asked for needs more than the token allows."""
        scope = ',error="insufficient_scope"' if self.headers.get("Authorization") else ""
        realm = f'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"{scope}'
        self.answer(401, {"errors": [{"code": "UNAUTHORIZED", "message": "authentication required"}]}, realm)

    do_HEAD = do_POST = do_GET  # noqa: N815 - the names that http.server calls

    def answer(self, status: int, document: object, challenge: str = "") -> None:
        """Send this document."""
        body = json.dumps(document).encode()
        self.send_response(status)
        if challenge:
            self.send_header("WWW-Authenticate", challenge)
        self.send_header("Content-Type", "application/json")
        self.send_header("Docker-Distribution-Api-Version", "registry/2.0")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def name_server(address: str, family: socket.AddressFamily) -> None:
    """Say that every name is this computer's."""
    listening = socket.socket(family, socket.SOCK_DGRAM)
    listening.bind((address, 53))

    def answer() -> None:
        while True:
            asked, whom = listening.recvfrom(512)
            end = asked.index(b"\0", 12) + 5
            is_ipv4 = asked[end - 3] == 1
            found = b"\xc0\x0c\0\1\0\1\0\0\0\0\0\4\x7f\0\0\1" if is_ipv4 else b""
            flags = b"\x81\x80\0\1" + bytes([0, is_ipv4]) + b"\0\0\0\0"
            listening.sendto(asked[:2] + flags + asked[12:end] + found, whom)

    threading.Thread(target=answer, daemon=True).start()


def web_server() -> http.server.ThreadingHTTPServer:
    """The server, with a certificate that this sandbox trusts from now on."""
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=hub"),
            *("-addext", "subjectAltName=DNS:registry-1.docker.io,DNS:auth.docker.io"),
            *("-keyout", KEY, "-out", CERTIFICATE),
        ],
        check=True,
        capture_output=True,
    )
    TRUSTED.write_bytes(TRUSTED.read_bytes() + Path(CERTIFICATE).read_bytes())
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 443), Hub)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE, KEY)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    return server


if __name__ == "__main__":
    serving = web_server()
    # Only now it is ready: whoever started this may go on.
    if os.fork() == 0:
        name_server("127.0.0.1", socket.AF_INET)
        name_server("::1", socket.AF_INET6)
        serving.serve_forever()
