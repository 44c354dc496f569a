"""An engine on another machine, over SSH: for a while its socket is here, and so are the ports of its localhost.

So everything is looked at as on that machine, registries included. It is the user's own ``ssh`` that connects, with
their settings and keys, and asks for what it needs to know.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from labcheck.errors import Refused
from labcheck.loopback import ADDRESS
from labcheck.wait import wait_until

SOCKET = "/var/run/docker.sock"
"""Where the engine listens there, unless the address has a path."""
SECONDS = 60
"""How long ``ssh`` may take: somebody may have to type a password."""


@contextmanager
def tunnel(address: str, ports: Iterable[int]) -> Iterator[str]:
    """The engine at this address, ``ssh://[USER@]HOST[:PORT][/SOCKET]``, as an address on this machine.

    The ports are those of localhost, there and here. Raises :class:`Refused`.
    """
    program = shutil.which("ssh")
    if program is None:
        raise Refused("There is no ssh on this machine.", "Install it, for instance: apt install openssh-client")
    with TemporaryDirectory(prefix="labcheck-") as folder:
        socket = Path(folder) / "docker.sock"
        command = [program, *_options(address, socket, ports)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as ssh:  # noqa: S603 - the user's own ssh; the host is no option
            try:
                if not wait_until(lambda: socket.exists() or ssh.poll() is not None, SECONDS) or ssh.poll() is not None:
                    raise Refused(
                        f"ssh did not reach {address}, or a port of the lab's is in use here.",
                        "Try it by hand: ssh -N and the same host; what it says stands above.",
                    )
                yield f"unix://{socket}"
            finally:
                ssh.terminate()


def _options(address: str, socket: Path, ports: Iterable[int]) -> Iterator[str]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if not host or host.startswith("-"):
        raise Refused(f"{address} is no address of an engine.", "Write it as in ssh://ann@192.0.2.7")
    yield from ("-N", "-T", "-o", "ExitOnForwardFailure=yes", "-o", "ConnectTimeout=10")
    yield from ("-L", f"{socket}:{parts.path.rstrip('/') or SOCKET}")
    for number in sorted(ports):
        yield from ("-L", f"{ADDRESS}:{number}:localhost:{number}")
    if port:
        yield from ("-p", str(port))
    yield from ("--", f"{parts.username}@{host}" if parts.username else host)
