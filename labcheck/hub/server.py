"""A learner's process on the machine: it makes the sandbox in which their server runs, and connects both with the hub.

It runs as the learner, and ends when the hub asks for it, or is killed; then all that it started ends, too.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote, urlsplit

from labcheck.errors import LabcheckError
from labcheck.home import home
from labcheck.render.printable import lines
from labcheck.sandbox.driver import Driver
from labcheck.sandbox.outside.lacking import OR_ROOT
from labcheck.sandbox.outside.page import serve
from labcheck.sandbox.outside.relay import Address
from labcheck.sandbox.places import HUB, LEARNER
from labcheck.sandbox.protocol import Channel, Failed, Message, Ready
from labcheck.start import note
from labcheck.start.as_learner import command
from labcheck.start.folder import default_folder
from labcheck.start.sandboxed import DATA
from labcheck.start.telling import telling

REFUSED, INTERRUPTED = 2, 130
GRACE = 15.0
"""For how many seconds an earlier server may take to end."""
PREFIX = "JUPYTERHUB_SERVICE_PREFIX"
API = ("JUPYTERHUB_API_URL", "JUPYTERHUB_ACTIVITY_URL")
"""The variables with addresses of the hub, which a server inside reaches through a socket."""


def main(arguments: Sequence[str]) -> int:
    """Serve for a hub on this machine, which hands over two sockets, or without them for one outside this container."""
    try:
        if not arguments:
            with socket.create_server(_own_address(os.environ)) as listener:
                return serve_for_hub(listener, _nobody)
        listener, told = (socket.socket(fileno=int(it)) for it in arguments)
        with listener, told:
            for it in (listener, told):
                it.set_inheritable(False)
            return serve_for_hub(listener, Channel(told).send)
    except KeyboardInterrupt:
        return INTERRUPTED


def serve_for_hub(listener: socket.socket, tell_hub: Callable[[Message], object]) -> int:
    """Serve the course; the hub is told that it is ready, or why it cannot be."""
    inside = [*_settings(os.environ), *command(default_folder(), LEARNER, "hub")]
    try:
        _end_forgotten()
        with note.taken(_say), telling():
            note.write(os.environ[PREFIX])
            return serve(
                ["env", *inside],
                listener,
                ready=lambda _: tell_hub(Ready()),
                tell=_say,
                hub=api(os.environ),
                data=home() / DATA[Driver.ROOTLESS],
                driver=Driver.ROOTLESS,
            )
    except LabcheckError as error:
        remedy = error.remedy.removesuffix(OR_ROOT).strip()  # that is no way here
        _say("\n  ".join(filter(None, [f"labcheck: {error}", remedy])))
        tell_hub(Failed(str(error), remedy))
        return REFUSED
    except ConnectionError:
        _say("labcheck: The hub that started this is gone.")
        return REFUSED


def _end_forgotten() -> None:
    """End a server of the same learner that the hub does not know: the hub was killed when it had just started it."""
    other = note.read()
    if other is not None and other.address == os.environ[PREFIX]:
        other.process.send(signal.SIGTERM)
        if not other.process.gone(within=GRACE):
            other.process.send(signal.SIGKILL)
            other.process.gone(within=GRACE)


def api(own: Mapping[str, str]) -> Address:
    """Where the hub's API listens."""
    parts = urlsplit(own[API[0]])
    return parts.hostname or "", parts.port or 80


def _own_address(own: Mapping[str, str]) -> tuple[str, int]:
    """Where a hub outside expects this server."""
    parts = urlsplit(own["JUPYTERHUB_SERVICE_URL"])
    return parts.hostname or "", parts.port or 80


def _nobody(_message: Message) -> None:
    """A hub outside asks the page whether it is there."""


def _settings(own: Mapping[str, str]) -> list[str]:
    """What is said differently inside: where the hub is, and how the course is opened again."""
    place = f"http+unix://{quote(str(LEARNER / HUB), safe='')}"
    return [
        *(f"{name}={place}{urlsplit(own[name]).path}" for name in API),
        "LABCHECK_TYPED=Start My Server, on the hub's page",
    ]


def _say(text: str) -> None:
    """Print it, into the hub's log."""
    sys.stderr.write("".join(f"{line}\n" for line in lines(text)))
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
