"""Is Docker Hub within reach, and how many pulls are left? Asked as Docker's documentation says, at no cost.

A HEAD request is not counted as a pull. The token is an anonymous one. Redirects are not followed, so it goes nowhere
else. Source: docs.docker.com, "Docker Hub usage and limits".
"""

from __future__ import annotations

import os
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
from labcheck.doctor.advice.install import install
from labcheck.doctor.conclusion import Conclusion, good, unseen, warning
from labcheck.doctor.facts.programs import programs
from labcheck.doctor.look import Look, fact
from labcheck.doctor.machine import Machine, Mode
from labcheck.doctor.rule import rule
from labcheck.document import text
from labcheck.observe.deadline import Deadline
from labcheck.observe.http.client import Client, Reply
from labcheck.observe.tasks import Task
from labcheck.observe.trouble import CannotLook, evidence
from labcheck.oci import parsed
from labcheck.sandbox.programs import SLIRP
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
COURSE, HUB = "course", "hub"
"""What LABCHECK_IMAGES may say besides an address."""
MINUTE, HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class Hub:
    """Docker Hub answers. ``None`` where it told no limit; the window is in seconds."""

    limit: int | None = None
    remaining: int | None = None
    window: int | None = None


@fact("Docker Hub")
def pulls(look: Look) -> Evidence[Hub]:
    """How many pulls Docker Hub has left for this network; absent where it cannot be reached."""
    return ask_docker_hub(look.deadline)


@fact()
def image_source(_: Look) -> Found[str]:
    """Where the images in a sandbox are to come from, if somebody said so."""
    return Found(os.environ.get("LABCHECK_IMAGES", "").strip())


@rule()
def docker_hub(machine: Machine) -> Conclusion | None:
    """Whether Docker Hub answers, and how many pulls are left."""
    name, in_sandbox, source = "Docker Hub", machine.mode is Mode.SANDBOX, machine.get(image_source, "")
    if machine.system.sandbox:
        return good(name, "It is not needed: the sandbox has a mirror with the course's images.")
    if in_sandbox and source not in {"", HUB}:
        chosen = "the course images" if source == COURSE else "another registry"
        return good(name, f"It is not needed: LABCHECK_IMAGES chooses {chosen}.")
    instead = "The course images are used instead." if in_sandbox else "docker pull will find nothing new."
    match machine[pulls]:
        case Found(hub):
            with_account = ("With an account there are more:", "docker login")
            return _in_sandbox(machine, hub) if in_sandbox else _answers(hub, *with_account)
        case Absent():
            return warning(name, "It cannot be reached from here.", instead)
        case Unknown(reason):
            return unseen(name, reason, instead)


def _in_sandbox(machine: Machine, hub: Hub) -> Conclusion:
    if SLIRP not in machine.get(programs, {SLIRP}):
        says = f"It answers here, but not inside a sandbox: {SLIRP} is not installed. The course images are used."
        return warning("Docker Hub", says, *install(machine, [SLIRP]))
    return _answers(hub, "To use the course images until then:", "export LABCHECK_IMAGES=course")


def _answers(hub: Hub, remedy: str, command: str) -> Conclusion:
    name = "Docker Hub"
    if hub.remaining == 0:
        window = f" The count starts again after {_span(hub.window)}." if hub.window else ""
        says = f"It answers, but no pull without an account is left for this network.{window}"
        return warning(name, says, remedy, command)
    if hub.remaining is None or hub.limit is None:
        return good(name, "It answers.")
    per = f" per {_span(hub.window)}" if hub.window else ""
    return good(name, f"It answers; {hub.remaining} of {hub.limit} pulls{per} are left for this network.")


def ask_docker_hub(deadline: Deadline, *, token: str = TOKEN, image: str = IMAGE) -> Evidence[Hub]:
    """What Docker Hub itself says; absent where it cannot be reached."""
    patience = Deadline(min(PATIENCE, deadline.left))
    # Resolving a name cannot be interrupted, so it is done in the background and left there.
    asking = Task(lambda: evidence(lambda: _ask(patience, token, image)))
    return asking.wait(patience.left) or patience.trouble("Docker Hub").unknown


def _ask(patience: Deadline, token: str, image: str) -> Evidence[Hub]:
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


def _span(seconds: int | None) -> str:
    """A span of time in the largest unit that fits."""
    seconds = seconds or 0
    for unit, word in ((HOUR, "hour"), (MINUTE, "minute")):
        if seconds >= unit:
            return f"{seconds // unit} {word}{'s' if seconds // unit > 1 else ''}"
    return f"{seconds} seconds"
