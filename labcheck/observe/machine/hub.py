"""Is Docker Hub within reach, and how many pulls are left? Asked as Docker's documentation says, at no cost.

A HEAD request is not counted as a pull. The token is an anonymous one. Redirects are not followed, so it goes nowhere
else. Source: docs.docker.com, "Docker Hub usage and limits".
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from labcheck.document import text
from labcheck.observe.deadline import Deadline
from labcheck.observe.http.client import Client, Reply
from labcheck.observe.tasks import Task
from labcheck.observe.trouble import (
    Broken,
    BrokenOff,
    CannotLook,
    NobodyThere,
    NoTLS,
    Stranger,
    Unreachable,
    Untrusted,
    evidence,
)
from labcheck.oci import parsed
from labcheck.snapshot import Absent, Evidence, Found, Unknown

TOKEN = "https://auth.docker.io/token?service=registry.docker.io&scope=repository:ratelimitpreview/test:pull"  # noqa: S105 - an address
IMAGE = "https://registry-1.docker.io/v2/ratelimitpreview/test/manifests/latest"
PATIENCE = 1.5
"""Seconds for all of it; a sandbox waits one second for Docker Hub before it takes the course images."""
NOBODY = (Unreachable, NobodyThere, Broken, BrokenOff, NoTLS, Stranger)
"""What goes wrong where there is no way to Docker Hub."""
OK, TOO_MANY = 200, 429


@dataclass(frozen=True, slots=True)
class Hub:
    """Docker Hub answers. ``None`` where it told no limit; the window is in seconds."""

    limit: int | None = None
    remaining: int | None = None
    window: int | None = None


def hub(deadline: Deadline, *, token: str = TOKEN, image: str = IMAGE) -> Evidence[Hub]:
    """Docker Hub's own word; absent where there is no way to it."""
    patience = Deadline(min(PATIENCE, deadline.left))
    # A name that does not resolve cannot be interrupted, only be left behind.
    asking = Task(lambda: evidence(lambda: _asked(patience, token, image)))
    return asking.wait(patience.left) or Unknown(patience.reason("Docker Hub"))


def _asked(patience: Deadline, token: str, image: str) -> Evidence[Hub]:
    try:
        with Client(patience) as client:
            reply = _reply(client, token, image)
    except Untrusted as trouble:
        raise CannotLook(_untrusted(trouble)) from None
    except NOBODY:
        return Absent()
    except CannotLook:
        patience.check("Docker Hub")
        raise
    if reply.status not in {OK, TOO_MANY}:
        return Unknown(f"Docker Hub answered with an error ({reply.status}).")
    return Found(_hub(reply))


def _reply(client: Client, token: str, image: str) -> Reply:
    """The reply that tells the limits: to the image, or already to the token."""
    given = client.send("GET", token, follow=False)
    if given.status != OK:
        return given
    if shown := text(parsed(given.body), "token"):
        return client.send("HEAD", image, token=shown, follow=False)
    raise CannotLook("What answers in Docker Hub's place is not Docker Hub: perhaps a log-in page.")


def _untrusted(trouble: Untrusted) -> str:
    if trouble.is_early:
        today = time.strftime("%d %B %Y")
        return f"By this machine's clock ({today}) Docker Hub's certificate is not valid yet. Is the clock right?"
    return "The certificate of what answers in Docker Hub's place is not trusted."


def _hub(reply: Reply) -> Hub:
    limit, window = _counted(reply.header("ratelimit-limit"))
    left, _ = _counted(reply.header("ratelimit-remaining"))
    return Hub(limit, 0 if reply.status == TOO_MANY else left, window)


def _counted(header: str) -> tuple[int | None, int | None]:
    """The two numbers of ``100;w=21600``."""
    count, _, window = header.replace(" ", "").partition(";w=")
    return tuple(int(it) if it.isascii() and it.isdecimal() else None for it in (count, window))  # type: ignore[return-value]
