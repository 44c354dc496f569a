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
"""The error for localhost's second address if IPv6 is off and the first address refused the connection."""

Failure: TypeAlias = tuple[Cause, str]
"""A cause and its sentence."""
Failures: TypeAlias = tuple[tuple[type[Exception], Failure], ...]

BROKE: Final[Failure] = (Disconnected(), "{who} closed the connection without answering.")
UNREACHABLE: Final[Failure] = (Unreachable(), "{who} cannot be reached: {why}.")
FAILURES: Final[Failures] = (
    (ConnectionRefusedError, (ConnectionRefused(), "Nothing answers at {who}.")),
    (socket.gaierror, (HostNotFound(), "There is no machine called {who}.")),
    (ConnectionError, BROKE),
    (ValueError, (InvalidAddress(), "{who} has no usable address.")),
    (Malformed, (NotHttp(), "What answers at {who} does not speak HTTP.")),
)
"""Each error with its cause and sentence; the first match counts."""


def _failures(scheme: str) -> Failures:
    if scheme == "http":
        return FAILURES
    from labcheck.observe.http import tls  # noqa: PLC0415 - slow to import, and a lab's registry needs none

    return (*tls.FAILURES, *FAILURES)


@contextmanager
def said(host: str, deadline: Deadline, scheme: str) -> Iterator[None]:
    """Turn errors before there was an answer into a learner's words."""
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
