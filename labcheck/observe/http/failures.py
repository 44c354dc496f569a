"""What went wrong before there was an answer, in a learner's words."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, TypeAlias

from labcheck.cause import Cause, ConnectionRefused, Disconnected, HostNotFound, InvalidAddress, NotHttp, Unreachable
from labcheck.observe.deadline import Deadline
from labcheck.observe.http.address import is_loopback
from labcheck.observe.http.headers import Malformed
from labcheck.observe.trouble import CannotLook

NO_IPV6 = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.ENETUNREACH})
"""What the second address of localhost says where IPv6 is off and the first one was refused."""

Failure: TypeAlias = tuple[Cause, str]
"""The cause, and the sentence that says it."""
Failures: TypeAlias = tuple[tuple[type[Exception], Failure], ...]

BROKE: Final[Failure] = (Disconnected(), "{who} broke the connection off without an answer.")
UNREACHABLE: Final[Failure] = (Unreachable(), "{who} cannot be reached: {why}.")
FAILURES: Final[Failures] = (
    (ConnectionRefusedError, (ConnectionRefused(), "Nothing answers at {who}.")),
    (socket.gaierror, (HostNotFound(), "No machine is known by the name of {who}.")),
    (ConnectionError, BROKE),
    (ValueError, (InvalidAddress(), "{who} has no address that can be asked.")),
    (Malformed, (NotHttp(), "What answers at {who} does not speak HTTP.")),
)
"""What went wrong, and how it is said; the first that fits."""


def _failures(scheme: str) -> Failures:
    if scheme == "http":
        return FAILURES
    from labcheck.observe.http import tls  # noqa: PLC0415 - slow to import, and a lab's registry needs none

    return (*tls.FAILURES, *FAILURES)


@contextmanager
def said(host: str, deadline: Deadline, scheme: str) -> Iterator[None]:
    """Says in a learner's words what went wrong before there was an answer."""
    try:
        yield
    except TimeoutError:
        raise deadline.trouble(host) from None
    except (OSError, ValueError, Malformed) as error:
        if isinstance(error, OSError) and error.errno in NO_IPV6 and is_loopback(host.rpartition(":")[0]):
            raise CannotLook(f"Nothing answers at {host}.", ConnectionRefused()) from None
        cause, sentence = next((found for kind, found in _failures(scheme) if isinstance(error, kind)), UNREACHABLE)
        why: object = getattr(error, "strerror", None) or error
        raise CannotLook(sentence.format(who=host, why=str(why).rstrip(".")), cause) from None
