"""Checks on what answers at a registry's address."""

from __future__ import annotations

from typing import ClassVar

from labcheck.cause import CertificateNotYetValid, NotTls, UntrustedCertificate
from labcheck.check import Check, failed, passed, unseen
from labcheck.checks import trace
from labcheck.engine import Dialect
from labcheck.name import domain
from labcheck.past import Past
from labcheck.query import ContainerList, EngineInfo, Ping, Query
from labcheck.snapshot import Absent, Found, Unknown
from labcheck.verdict import Finding


class RegistryAnswers(Check, frozen=True, kw_only=True, tag="registry-answers"):
    """A registry answers at this domain; asking for a password also counts as an answer."""

    domain: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"A registry answers at {self.domain}"

    @property
    def queries(self) -> tuple[Query, ...]:
        """What answers; all containers, to see which one has the port; and the engine, which a registry needs."""
        return Ping(self.domain), ContainerList(), EngineInfo()

    def judge(self, past: Past) -> Finding:
        """Pass if what answers identifies itself as a registry; inconclusive while the engine is down."""
        expected = f"a registry at {self.domain}"
        engine = past.now(EngineInfo())
        match past.now(Ping(self.domain)):
            case Found(pong) if pong.is_registry:
                return passed("a registry answers")
            case Found(pong):
                answer = f"HTTP {pong.status}" if pong.status else "but not in HTTP"
                return failed(expected, f"something answers there ({answer}), but it is not a registry")
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _ if isinstance(engine, Unknown):
                return unseen(expected, engine)
            case _:
                return failed(expected, "nothing answers there")

    def recall(self, past: Past) -> Finding | None:
        """A successful push or pull proves that it answered; a container that is gone may have."""
        if not isinstance(past.now(Ping(self.domain)), Absent):
            return None
        moved = any(domain(it.actor) == self.domain for it in past.events("image/push", "image/pull"))
        if moved and isinstance(proof := trace.dialect(past), Dialect) and proof.proves_transfers:
            return passed("it answered a push or a pull, as the engine's events show")
        if moved or trace.any_gone(past):
            return unseen(f"a look at {self.domain} while a registry ran", "nobody looked in time")
        return None


class PortFree(Check, frozen=True, kw_only=True, tag="port-free"):
    """Nothing answers at this domain any more."""

    demands_absence: ClassVar[bool] = True

    domain: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"Nothing answers at {self.domain} any more"

    @property
    def queries(self) -> tuple[Query, ...]:
        """What answers; and all containers, to see which one has the port."""
        return Ping(self.domain), ContainerList()

    def judge(self, past: Past) -> Finding:
        """Pass if a connection is refused."""
        expected = f"nothing at {self.domain}"
        match past.now(Ping(self.domain)):
            case Found(pong):
                return failed(expected, "a registry still answers" if pong.is_registry else "something answers there")
            case Unknown(_, UntrustedCertificate() | CertificateNotYetValid() | NotTls()):
                return failed(expected, "something answers there")
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return passed("nothing answers there")
