"""The way to a registry that speaks HTTPS: the standard library connects, through a proxy where there is one.

It is imported late, and only where it is needed.
"""

from __future__ import annotations

import ssl
from http.client import HTTPException, HTTPSConnection, InvalidURL
from socket import socket
from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from labcheck.observe.deadline import Deadline
from labcheck.observe.http.address import is_loopback
from labcheck.observe.http.certificate import untrusted
from labcheck.observe.http.failures import BROKE, Failures
from labcheck.observe.http.headers import Malformed
from labcheck.observe.trouble import CannotLook, NoTLS

HANDSHAKE = 0.5
"""Seconds: a server without TLS may take the beginning of a handshake for half a request, and wait for the rest."""
FAILURES: Final[Failures] = ((ssl.SSLEOFError, BROKE), (ssl.SSLError, (NoTLS, "{who} does not speak HTTPS.")))
"""What else may go wrong where TLS is spoken."""


def connected(name: str, port: int, host: str, deadline: Deadline) -> socket:
    """A socket behind which the server at this name is. ``host`` is what it is called in a sentence."""
    connection = _new(name, port, deadline.wait())
    try:
        connection.connect()
    except TimeoutError:
        if connection.timeout == HANDSHAKE:
            raise NoTLS(f"{host} does not speak HTTPS.") from None
        raise
    except ssl.SSLCertVerificationError as error:
        raise CannotLook(f"The certificate of {host} is not trusted: {untrusted(error)}.") from None
    except InvalidURL:
        raise ValueError from None
    except HTTPException:
        raise Malformed from None
    opened: socket = connection.sock
    return opened


def _new(name: str, port: int, left: float) -> HTTPSConnection:
    if is_loopback(name):
        # Docker's own rule: on this very machine no certificate is asked for.
        return HTTPSConnection(name, port, timeout=min(left, HANDSHAKE), context=_unverified())
    context = ssl.create_default_context()
    proxy = urlsplit(getproxies().get("https", ""))
    if not proxy.hostname or proxy_bypass(name):
        return HTTPSConnection(name, port, timeout=left, context=context)
    connection = HTTPSConnection(proxy.hostname, proxy.port or 80, timeout=left, context=context)
    connection.set_tunnel(name, port)
    return connection


def _unverified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
