"""Is there a registry at an address, and can it be reached from where we are? Asked before a mirror relies on it."""

from __future__ import annotations

import email.message
import http.client
import ipaddress
import threading
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

_MARK = "Docker-Distribution-Api-Version"


def is_docker_hub(url: str, seconds: float) -> bool:
    """Whether Docker Hub itself answers, and not a hotel's log-in page; one deadline for all of it.

    A proxy on this machine's loopback does not count: from inside a sandbox it cannot be reached.
    """
    if _proxy_is_loopback():
        return False
    replies: list[email.message.Message | None] = []
    # A name that does not resolve cannot be interrupted, so it is left behind in a thread that holds up nobody.
    asking = threading.Thread(target=lambda: replies.append(_asked(url, seconds)), daemon=True)
    asking.start()
    asking.join(seconds)
    return bool(replies and replies[0] and str(replies[0].get(_MARK, "")).startswith("registry/2"))


def answers(url: str, seconds: float) -> bool:
    """Whether a registry answers within that time, trying again meanwhile: a network may need a moment to come up."""
    deadline = time.monotonic() + seconds
    while _asked(url, max(0.5, deadline - time.monotonic())) is None:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def is_loopback(host: str) -> bool:
    """Whether a name or an address is a machine's own, and so another one inside a sandbox."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _proxy_is_loopback() -> bool:
    proxy = urllib.request.getproxies().get("https", "")
    try:
        return is_loopback(urlsplit(proxy if "//" in proxy else f"//{proxy}").hostname or "")
    except ValueError:
        return False


def _asked(url: str, seconds: float) -> email.message.Message | None:
    """The headers with which a registry lets us in or asks who we are; None for anything else."""
    try:
        with urllib.request.urlopen(f"{url}/v2/", timeout=seconds) as reply:  # noqa: S310 - http or https, as checked
            headers: email.message.Message = reply.headers
            return headers
    except urllib.error.HTTPError as error:
        with error:
            return error.headers if error.code == http.client.UNAUTHORIZED else None
    except (OSError, ValueError, http.client.HTTPException):
        return None
