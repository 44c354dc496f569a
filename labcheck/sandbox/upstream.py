"""Is there a registry at an address, and can it be reached from where we are? Asked before a mirror relies on it."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies

from labcheck.loopback import is_local
from labcheck.observe.deadline import Deadline
from labcheck.observe.http.client import Client, Reply
from labcheck.observe.tasks import Task
from labcheck.observe.trouble import CannotLook
from labcheck.wait import wait_until

_MARK = "Docker-Distribution-Api-Version"
_LEAST = 0.5
"""How many seconds a registry gets for one answer, even near the deadline."""
_GREETINGS = {200, 401}
"""HTTP's "come in" and "who are you?"."""


def is_docker_hub(url: str, seconds: float) -> bool:
    """Whether Docker Hub itself answers, rather than a hotel's log-in page, within one deadline.

    A proxy on this machine's loopback does not count: from inside a sandbox it cannot be reached.
    """
    if _proxy_is_loopback():
        return False
    # Resolving a name cannot be interrupted, so it is left behind in a thread that blocks nobody.
    reply = Task(lambda: _asked(url, seconds)).wait(seconds)
    return reply is not None and reply.header(_MARK).startswith("registry/2")


def answers(url: str, seconds: float) -> bool:
    """Whether a registry answers within that time, with retries: a network may need a moment to come up."""
    deadline = Deadline(seconds)
    return wait_until(lambda: _asked(url, max(_LEAST, deadline.left)) is not None, seconds)


def is_loopback(host: str) -> bool:
    """Whether a name or address means the machine itself, which inside a sandbox is the sandbox."""
    return is_local(host) or host.endswith(".localhost")


def _proxy_is_loopback() -> bool:
    proxy = getproxies().get("https", "")
    try:
        return is_loopback(urlsplit(proxy if "//" in proxy else f"//{proxy}").hostname or "")
    except ValueError:
        return False


def _asked(url: str, seconds: float) -> Reply | None:
    """The status with which a registry lets us in or asks who we are; None for anything else."""
    try:
        with Client(Deadline(seconds)) as client:
            reply = client.send("GET", f"{url}/v2/")
    except CannotLook:
        return None
    return reply if reply.status in _GREETINGS else None
