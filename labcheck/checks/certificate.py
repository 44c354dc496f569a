"""Checks on a registry's certificate: whether it is valid for the registry's name, and whether Docker trusts it."""

from __future__ import annotations

from typing import ClassVar, Final

from labcheck.check import Check, failed, passed, unseen
from labcheck.checks import trace
from labcheck.past import Past
from labcheck.query import Certificate, ContainerList, Query, Shown, TrustList
from labcheck.snapshot import Absent, Found, Unknown
from labcheck.verdict import Finding, Fix

FLAWS: Final = {
    "another-name": "its certificate is for {names}, not for {host}",
    "no-names": "its certificate has no name in the field that counts, subjectAltName",
    "expired": "its certificate has expired",
    "not-yet-valid": "its certificate is not valid yet",
}


class CertificateValid(Check, frozen=True, kw_only=True, tag="certificate-valid"):
    """What answers at this domain speaks TLS, with a certificate that is valid today for the domain's name.

    It need not be trusted by anybody yet.
    """

    domain: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"{self.domain} shows a certificate that is valid for its name"

    @property
    def queries(self) -> tuple[Query, ...]:
        """The certificate; and all containers, to see which one has the port."""
        return Certificate(self.domain), ContainerList()

    def judge(self, past: Past) -> Finding:
        """Pass if there is nothing wrong with the certificate itself."""
        expected = f"a certificate for {_host(self.domain)} at {self.domain}"
        match past.now(Certificate(self.domain)):
            case Found(shown):
                wrong = _flaw(shown, self.domain)
                return failed(expected, wrong) if wrong else passed("the certificate is valid for the name")
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return failed(expected, "nothing answers there")

    def recall(self, past: Past) -> Finding | None:
        """A registry that is gone may have shown one."""
        return _gone(self.domain, past)


class CertificateTrusted(Check, frozen=True, kw_only=True, tag="certificate-trusted"):
    """The Docker engine trusts the certificate that is shown at this domain, so that it needs no exception."""

    domain: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"Docker trusts the certificate of {self.domain}"

    @property
    def queries(self) -> tuple[Query, ...]:
        """The certificate, whom Docker trusts, and all containers."""
        return Certificate(self.domain), TrustList(), ContainerList()

    def judge(self, past: Past) -> Finding:
        """Pass if the certificate was verified with what Docker trusts, name and time included."""
        expected = f"a certificate at {self.domain} that Docker trusts"
        match past.now(Certificate(self.domain)):
            case Found(shown) if shown.is_trusted:
                return passed("Docker trusts the certificate")
            case Found(shown):
                return failed(expected, _flaw(shown, self.domain) or "Docker does not know who signed its certificate")
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return failed(expected, "nothing answers there")

    def recall(self, past: Past) -> Finding | None:
        """A registry that is gone may have shown one."""
        return _gone(self.domain, past)


class TrustRemoved(Check, frozen=True, kw_only=True, tag="trust-removed"):
    """The Docker engine has no certificate any more that it trusts for this domain alone."""

    demands_absence: ClassVar[bool] = True

    domain: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"Docker has no certificate for {self.domain} any more"

    @property
    def queries(self) -> tuple[Query, ...]:
        """Whom Docker trusts."""
        return (TrustList(),)

    def judge(self, past: Past) -> Finding:
        """Pass if there is no folder of this name, or nothing in it."""
        expected = f"no certificate for {self.domain}"
        match past.now(TrustList()):
            case Found(folders) if folders.get(self.domain):
                return failed(expected, f"{folders[self.domain][0]} is still in the folder {self.domain}")
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return passed("Docker has none")

    def fix(self, past: Past) -> Fix:  # noqa: ARG002 - it is the same whatever was seen
        """Remove the folder."""
        return Fix((f"rm -r /etc/docker/certs.d/{self.domain}",))


def _host(name: str) -> str:
    return name.rpartition(":")[0] or name


def _flaw(shown: Shown, name: str) -> str:
    """What is wrong with what is shown at this domain, whoever trusts it; the empty string if nothing is."""
    if not shown.is_tls:
        return "it speaks plain HTTP, without TLS"
    said = FLAWS.get(shown.flaw, "its certificate is not valid" if shown.flaw else "")
    return said.format(names=" and ".join(shown.names), host=_host(name))


def _gone(name: str, past: Past) -> Finding | None:
    """If nothing answers at this domain, and a container is gone: it may have been, but nobody looked."""
    if isinstance(past.now(Certificate(name)), Absent) and trace.any_gone(past):
        return unseen(f"a look at {name} while a registry ran", "nobody looked in time")
    return None
