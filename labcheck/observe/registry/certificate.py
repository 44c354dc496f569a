"""The certificate that a registry's server shows, and whether Docker accepts it.

A certificate that Docker does not trust is found, too, with what is wrong with it apart from that: the name, the time.
So someone who has just made one learns that it is right, or why it is not, before anybody trusts it.

It is asked in up to four handshakes, because the standard library tells nothing of a certificate that it did not
verify: in the second one, only the very certificate that the first one was shown is trusted.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Sequence
from contextlib import closing
from typing import Final, NamedTuple, cast

import msgspec

from labcheck.cause import ConnectionRefused, Disconnected, NotTls
from labcheck.document import Document
from labcheck.observe.deadline import Deadline
from labcheck.observe.http import tls, trust
from labcheck.observe.http.address import DEFAULT_PORTS, is_loopback, split
from labcheck.observe.http.certificate import EARLY, EXPIRED, OTHERS, STRANGERS
from labcheck.observe.http.failures import said
from labcheck.observe.trouble import CannotLook
from labcheck.snapshot import Absent, Evidence, Found

PAUSES: Final = (0.05, 0.1, 0.2, 0.4)
"""docker-proxy accepts a connection a moment before the registry behind it does, and then resets it."""
ANY_TIME: Final = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME of OpenSSL, which the standard library does not name."""
MOST = 20
"""How many of a certificate's names are told."""
NAMED: Final = frozenset({"DNS", "IP Address"})


def certificate(domain: str, deadline: Deadline) -> Evidence[Document]:
    """What the server at this domain shows. Raises :class:`CannotLook`."""
    for pause in (*PAUSES, None):
        try:
            return Found(_Server(domain, deadline).shown())
        except CannotLook as trouble:
            match trouble.cause:
                case ConnectionRefused():
                    return Absent()
                case NotTls():
                    return Found({"tls": False, "trusted": False, "flaw": "", "names": []})
                case Disconnected() if pause is not None:
                    time.sleep(min(pause, deadline.left))
                case _:
                    raise
    raise AssertionError


class _Seen(NamedTuple):
    """What one handshake told: 0 or the TLS library's number of what is wrong, and the certificate, if none is."""

    code: int
    certificate: bytes = b""
    names: tuple[str, ...] = ()


class _Server(msgspec.Struct, frozen=True):
    domain: str
    deadline: Deadline

    def shown(self) -> Document:
        """The document that is found."""
        shown = ssl.DER_cert_to_PEM_cert(self._handshake(trust.unverified()).certificate)
        code = self._handshake(trust.trusting(self.domain)).code
        if code in STRANGERS and not trust.is_readable(self.domain):
            raise tls.hidden(self.domain)
        itself, whatever_its_name = trust.as_in_go(), trust.as_in_go()
        whatever_its_name.check_hostname = False
        whatever_its_name.verify_flags |= ssl.VerifyFlags(ANY_TIME)
        for context in (itself, whatever_its_name):
            trust.add(context, shown)
        flaw = self._handshake(itself).code if code in STRANGERS else code
        names = self._handshake(whatever_its_name).names
        is_trusted = not code or is_loopback(split(f"https://{self.domain}").hostname or "")
        return {"tls": True, "trusted": is_trusted, "flaw": _flaw(flaw, names), "names": list(names[:MOST])}

    def _handshake(self, context: ssl.SSLContext) -> _Seen:
        parts = split(f"https://{self.domain}")
        name, port = parts.hostname or "", parts.port or DEFAULT_PORTS["https"]
        with said(self.domain, self.deadline, "https"):
            try:
                opened = tls.verified(name, port, self.domain, self.deadline, context)
            except ssl.SSLCertVerificationError as error:
                return _Seen(error.verify_code)
            with closing(opened):
                told = opened.getpeercert() or {}
                pairs = cast("tuple[tuple[str, str], ...]", told.get("subjectAltName", ()))
                names = tuple(value for kind, value in pairs if kind in NAMED)
                return _Seen(0, opened.getpeercert(binary_form=True) or b"", names)


def _flaw(code: int, names: Sequence[str]) -> str:
    if code in OTHERS:
        return "another-name" if names else "no-names"
    return {0: "", EARLY: "not-yet-valid", EXPIRED: "expired"}.get(code, "other")
