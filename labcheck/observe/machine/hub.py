"""Is Docker Hub within reach, and how many pulls are left? Asked as Docker's documentation says, at no cost.

A HEAD request is not counted as a pull. The token is an anonymous one. Redirects are not followed, so it goes nowhere
else. Source: docs.docker.com, "Docker Hub usage and limits".
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from labcheck.cause import (
    Cause,
    CertificateNotYetValid,
    ConnectionRefused,
    Disconnected,
    HostNotFound,
    IncompleteAnswer,
    InvalidAddress,
    NotHttp,
    NotTls,
    ServerError,
    UnexpectedAnswer,
    Unreachable,
    UntrustedCertificate,
)
from labcheck.document import text
from labcheck.observe.deadline import Deadline
from labcheck.observe.http.client import Client, Reply
from labcheck.observe.tasks import Task
from labcheck.observe.trouble import CannotLook, evidence
from labcheck.oci import parsed
from labcheck.snapshot import Absent, Evidence, Found, Unknown

TOKEN = "https://auth.docker.io/token?service=registry.docker.io&scope=repository:ratelimitpreview/test:pull"  # noqa: S105 - an address
IMAGE = "https://registry-1.docker.io/v2/ratelimitpreview/test/manifests/latest"
PATIENCE = 1.5
"""Seconds for all of it; a sandbox waits one second for Docker Hub before it takes the course images."""
NOBODY = (HostNotFound, Unreachable, ConnectionRefused, Disconnected, IncompleteAnswer, NotTls, NotHttp, InvalidAddress)
"""What goes wrong where there is no way to Docker Hub."""
UNTRUSTED: Mapping[type[Cause], str] = {
    CertificateNotYetValid: "By this machine's clock ({today}) Docker Hub's certificate is not valid yet. "
    "Is the clock right?",
    UntrustedCertificate: "The certificate of what answers in Docker Hub's place is not trusted.",
}
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
    return asking.wait(patience.left) or patience.trouble("Docker Hub").unknown


def _asked(patience: Deadline, token: str, image: str) -> Evidence[Hub]:
    try:
        with Client(patience) as client:
            reply = _reply(client, token, image)
    except CannotLook as trouble:
        if isinstance(trouble.cause, NOBODY):
            return Absent()
        if sentence := UNTRUSTED.get(type(trouble.cause)):
            raise CannotLook(sentence.format(today=time.strftime("%d %B %Y")), trouble.cause) from None
        patience.check("Docker Hub")
        raise
    if reply.status not in {OK, TOO_MANY}:
        return Unknown(f"Docker Hub answered with an error ({reply.status}).", ServerError(reply.status))
    return Found(_hub(reply))


def _reply(client: Client, token: str, image: str) -> Reply:
    """The reply that tells the limits: to the image, or already to the token."""
    given = client.send("GET", token, follow=False)
    if given.status != OK:
        return given
    if shown := text(parsed(given.body), "token"):
        return client.send("HEAD", image, token=shown, follow=False)
    sentence = "What answers in Docker Hub's place is not Docker Hub: perhaps a log-in page."
    raise CannotLook(sentence, UnexpectedAnswer())


def _hub(reply: Reply) -> Hub:
    limit, window = _counted(reply.header("ratelimit-limit"))
    left, _ = _counted(reply.header("ratelimit-remaining"))
    return Hub(limit, 0 if reply.status == TOO_MANY else left, window)


def _counted(header: str) -> tuple[int | None, int | None]:
    """The two numbers of ``100;w=21600``."""
    count, _, window = header.replace(" ", "").partition(";w=")
    return tuple(int(it) if it.isascii() and it.isdecimal() else None for it in (count, window))  # type: ignore[return-value]
