"""Connecting to a server that speaks HTTPS, with the standard library, through a proxy if there is one.

It is imported only when it is needed.
"""

from __future__ import annotations

import ssl
from http.client import HTTPException, HTTPSConnection, InvalidURL
from socket import socket
from typing import Final

from labcheck.cause import CertificateNotYetValid, NotTls, UntrustedCertificate
from labcheck.observe.deadline import Deadline
from labcheck.observe.http.address import is_loopback
from labcheck.observe.http.certificate import EARLY, untrusted
from labcheck.observe.http.failures import BROKE, Failures
from labcheck.observe.http.headers import Malformed
from labcheck.observe.http.proxy import proxy
from labcheck.observe.trouble import CannotLook

HANDSHAKE = 0.5
"""Seconds for the handshake: a server without TLS may take its beginning for half a request, and wait for the rest."""
FAILURES: Final[Failures] = ((ssl.SSLEOFError, BROKE), (ssl.SSLError, (NotTls(), "{who} does not speak HTTPS.")))
"""What else may go wrong with TLS."""


def connected(name: str, port: int, host: str, deadline: Deadline) -> socket:
    """A socket connected to the server of this name. ``host`` is its name in sentences."""
    connection = _new(name, port, deadline.wait())
    try:
        connection.connect()
    except TimeoutError:
        if connection.timeout == HANDSHAKE:
            raise CannotLook(f"{host} does not speak HTTPS.", NotTls()) from None
        raise
    except ssl.SSLCertVerificationError as error:
        why = f"The certificate of {host} is not trusted: {untrusted(error)}."
        cause = CertificateNotYetValid() if error.verify_code == EARLY else UntrustedCertificate()
        raise CannotLook(why, cause) from None
    except InvalidURL:
        raise ValueError from None
    except HTTPException:
        raise Malformed from None
    opened: socket = connection.sock
    return opened


def _new(name: str, port: int, left: float) -> HTTPSConnection:
    through = proxy("https", name)
    if through is not None:
        # The proxy resolves the name: behind a proxy, this machine may not be able to.
        connection = HTTPSConnection(through.host, through.port, timeout=left, context=ssl.create_default_context())
        connection.set_tunnel(name, port, through.headers)
        return connection
    if is_loopback(name):
        # As in Docker: for this machine certificates are not verified.
        return HTTPSConnection(name, port, timeout=min(left, HANDSHAKE), context=_unverified())
    return HTTPSConnection(name, port, timeout=left, context=ssl.create_default_context())


def _unverified() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
