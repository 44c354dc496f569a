"""Is Docker Hub within reach, and how many pulls are left? Asked as Docker's documentation says, at no cost.

A HEAD request is not counted as a pull. The token is an anonymous one. Redirects are not followed, so it goes nowhere
else. Source: docs.docker.com, "Docker Hub usage and limits".
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from typing import IO

import msgspec

from labcheck.document import text
from labcheck.observe.deadline import Deadline
from labcheck.observe.tasks import Task
from labcheck.observe.trouble import CannotLook, evidence
from labcheck.snapshot import Absent, Evidence, Found, Unknown

TOKEN = "https://auth.docker.io/token?service=registry.docker.io&scope=repository:ratelimitpreview/test:pull"  # noqa: S105 - an address
IMAGE = "https://registry-1.docker.io/v2/ratelimitpreview/test/manifests/latest"
PATIENCE = 1.5
"""Seconds for all of it; a sandbox waits one second for Docker Hub before it takes the course images."""
LONGEST = 64 * 1024


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
        pass_ = text(msgspec.json.decode(_answer("GET", token, patience)[1]), "token")
        headers, _ = _answer("HEAD", image, patience, Authorization=f"Bearer {pass_}", Accept="*/*")
    except msgspec.DecodeError:
        raise CannotLook("What answers in Docker Hub's place is not Docker Hub: perhaps a log-in page.") from None
    except urllib.error.HTTPError as error:
        with error:
            if error.code == http.client.TOO_MANY_REQUESTS:
                return Found(_hub(error.headers, remaining=0))
        return Unknown(f"Docker Hub answered with an error ({error.code}).")
    except urllib.error.URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise CannotLook(patience.reason("Docker Hub")) from None
        if "not yet valid" in str(error.reason):
            raise CannotLook(
                f"By this machine's clock ({_today()}) Docker Hub's certificate is not valid yet. Is the clock right?"
            ) from None
        if "CERTIFICATE" in str(error.reason):
            raise CannotLook("The certificate of what answers in Docker Hub's place is not trusted.") from None
        return Absent()
    except TimeoutError:
        raise CannotLook(patience.reason("Docker Hub")) from None
    except (OSError, http.client.HTTPException):
        return Absent()
    return Found(_hub(headers))


def _today() -> str:
    return time.strftime("%d %B %Y")


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(  # noqa: PLR0913, PLR0917 - as the standard library calls it
        self,
        req: urllib.request.Request,  # noqa: ARG002 - as above
        fp: IO[bytes],  # noqa: ARG002 - as above
        code: int,  # noqa: ARG002 - as above
        msg: str,  # noqa: ARG002 - as above
        headers: Message,  # noqa: ARG002 - as above
        newurl: str,  # noqa: ARG002 - as above
    ) -> None:
        return None


def _answer(method: str, url: str, patience: Deadline, **headers: str) -> tuple[Message, bytes]:
    patience.check("Docker Hub")
    request = urllib.request.Request(url, method=method, headers=headers)  # noqa: S310 - the addresses above
    with urllib.request.build_opener(_Stay()).open(request, timeout=patience.left) as reply:
        return reply.headers, reply.read(LONGEST)


def _hub(headers: Message, remaining: int | None = None) -> Hub:
    limit, window = _counted(headers.get("ratelimit-limit", ""))
    left, _ = _counted(headers.get("ratelimit-remaining", ""))
    return Hub(limit, left if remaining is None else remaining, window)


def _counted(header: str) -> tuple[int | None, int | None]:
    """The two numbers of ``100;w=21600``."""
    count, _, window = header.replace(" ", "").partition(";w=")
    return tuple(int(it) if it.isascii() and it.isdecimal() else None for it in (count, window))  # type: ignore[return-value]
