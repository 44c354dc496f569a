"""Ask JupyterLab's server what the message of a terminal's last command means, and print that.

It is a program that the prompt runs after a command that failed, so it loads little, and nothing of labcheck. Where
there is no answer in time, nothing is printed: what the command itself said is there already.
"""

from __future__ import annotations

import sys
from http.client import HTTPConnection
from pathlib import Path
from socket import AF_UNIX, socket

PATIENCE = 3.0
"""Seconds."""


class _Server(HTTPConnection):
    """JupyterLab's server, on a socket in a folder."""

    def connect(self) -> None:
        self.sock = socket(AF_UNIX)
        self.sock.settimeout(PATIENCE)
        self.sock.connect(self.host)


def main(page: str, token: str, base: str, terminal: str, columns: str) -> None:
    """Print the answer for the terminal whose shell has this process id; ``base`` is the path that its server is at."""
    server = _Server(page)
    header = {"Host": "localhost", "Authorization": f"token {Path(token).read_text(encoding='ascii')}"}
    server.request("GET", f"{base}labcheck/meaning?terminal={terminal}&columns={columns}", headers=header)
    reply = server.getresponse()
    if reply.status == 200:  # noqa: PLR2004 - OK
        sys.stdout.write(reply.read().decode())


if __name__ == "__main__":
    main(*sys.argv[1:])
