"""The learner's own Docker engine, in which the course's container is: reached by the SDK, its troubles in a sentence.

Every request has a deadline. An engine that does not fit is refused before anything is made in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from labcheck.document import Document
from labcheck.errors import LabcheckError, SandboxError
from labcheck.observe.engine.endpoint import Endpoint, endpoint
from labcheck.observe.trouble import CannotLook
from labcheck.sandbox.container.unfit import OTHERWISE, unfit

if TYPE_CHECKING:
    from docker import APIClient

PATIENCE = 60
"""For how many seconds an engine may take to answer a request that computes little."""
FOREVER = 30 * 24 * 3600
"""Seconds: longer than a course is open."""
DOCTOR = "labcheck doctor tells you more."


@contextmanager
def reached(timeout: int = PATIENCE) -> Iterator[APIClient]:
    """The engine that the ``docker`` command talks to. What goes wrong with it is a ``SandboxError``, one sentence."""
    from docker import APIClient  # noqa: PLC0415 - importing the SDK takes 0.1 s, and only this driver needs it
    from docker.errors import DockerException  # noqa: PLC0415 - as above
    from urllib3.exceptions import HTTPError  # noqa: PLC0415 - as above

    try:
        its = endpoint()
    except CannotLook as trouble:
        raise SandboxError(str(trouble), DOCTOR) from trouble
    try:
        with closing(APIClient(**its.options, version="auto", timeout=timeout)) as docker:
            docker.trust_env = False  # the environment's proxies are for the internet
            yield docker
    except LabcheckError:
        raise
    except (DockerException, HTTPError, OSError) as error:
        raise trouble_with(its, error) from error


def trouble_with(its: Endpoint, error: Exception) -> SandboxError:
    """What the engine said, or that it does not answer."""
    said = getattr(error, "explanation", None)
    if said:
        return SandboxError(f"Your Docker engine refused: {' '.join(str(said).split())}", DOCTOR)
    sentence = f"Your Docker engine does not answer at {its.place}, or no longer."
    return SandboxError(sentence, f"Start it, then type labcheck start again; what you did is kept. {DOCTOR}")


def refuse_unfit(info: Document, its: Endpoint) -> None:
    """Refuse an engine where no such container can be; ``info`` is what it says of itself. Raises ``SandboxError``."""
    if why := unfit(info, its):
        raise SandboxError(why, OTHERWISE)
