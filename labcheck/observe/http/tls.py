"""Connecting to a server that speaks HTTPS, with the standard library, through a proxy if there is one.

It is imported only when it is needed.
"""

from __future__ import annotations

import ssl
from http.client import HTTPException, HTTPSConnection, InvalidURL
from socket import socket
from typing import Final

from labcheck.cause import CertificateNotYetValid, NotTls, Unreadable, UntrustedCertificate
from labcheck.observe import docker_files
from labcheck.observe.deadline import Deadline
from labcheck.observe.http.address import is_loopback
from labcheck.observe.http.certificate import EARLY, STRANGERS, untrusted
from labcheck.observe.http.failures import BROKE, Failures
from labcheck.observe.http.headers import Malformed
from labcheck.observe.http.proxy import proxy
from labcheck.observe.http.trust import is_readable, trusting, unverified
from labcheck.observe.trouble import CannotLook

HANDSHAKE = 0.5
"""Seconds for the handshake: a server without TLS may take its beginning for half a request, and wait for the rest."""
FAILURES: Final[Failures] = ((ssl.SSLEOFError, BROKE), (ssl.SSLError, (NotTls(), "{who} does not speak HTTPS.")))
"""What else may go wrong with TLS."""


def connected(name: str, port: int, host: str, deadline: Deadline) -> socket:
    """A socket connected to the server of this name, which is trusted. ``host`` is its name as written, with the port.

    As in Docker, this machine's own certificates are not verified.
    """
    is_here = proxy("https", name) is None and is_loopback(name)
    try:
        return verified(name, port, host, deadline, unverified() if is_here else trusting(host))
    except ssl.SSLCertVerificationError as error:
        if is_hidden(error, host):
            raise hidden(host) from None
        why = f"The certificate of {host} is not trusted: {untrusted(error)}."
        cause = CertificateNotYetValid() if error.verify_code == EARLY else UntrustedCertificate()
        raise CannotLook(why, cause) from None


def verified(name: str, port: int, host: str, deadline: Deadline, context: ssl.SSLContext) -> ssl.SSLSocket:
    """The same, its certificate verified by this context; raises ``ssl.SSLCertVerificationError``."""
    connection = _new(name, port, deadline.wait(), context)
    try:
        connection.connect()
    except TimeoutError:
        if connection.timeout == HANDSHAKE:
            raise CannotLook(f"{host} does not speak HTTPS.", NotTls()) from None
        raise
    except InvalidURL:
        raise ValueError from None
    except HTTPException:
        raise Malformed from None
    finally:
        if not isinstance(connection.sock, ssl.SSLSocket):
            connection.close()
    opened: ssl.SSLSocket = connection.sock
    return opened


def is_hidden(error: ssl.SSLCertVerificationError, host: str) -> bool:
    """Whether Docker may trust the certificate, but only it may read whom it trusts."""
    return error.verify_code in STRANGERS and not is_readable(host)


def hidden(host: str) -> CannotLook:
    """Why we do not know whether Docker trusts the certificate."""
    return CannotLook(
        f"labcheck may not read whom Docker trusts for {host}, in {docker_files.CERTS / host}.", Unreadable()
    )


def _new(name: str, port: int, left: float, context: ssl.SSLContext) -> HTTPSConnection:
    through = proxy("https", name)
    if through is not None:
        # The proxy resolves the name: behind a proxy, this machine may not be able to.
        connection = HTTPSConnection(through.host, through.port, timeout=left, context=context)
        connection.set_tunnel(name, port, through.headers)
        return connection
    if is_loopback(name):
        left = min(left, HANDSHAKE)
    return HTTPSConnection(name, port, timeout=left, context=context)
