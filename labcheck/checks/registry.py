"""Demands on what answers at a registry's address."""

from __future__ import annotations

from typing import ClassVar

from labcheck.check import Check, failed, passed, unseen
from labcheck.checks import trace
from labcheck.name import domain
from labcheck.past import Past
from labcheck.query import ContainerList, EngineInfo, Ping, Query
from labcheck.snapshot import Absent, Found, Unknown
from labcheck.verdict import Finding


class RegistryAnswers(Check, frozen=True, kw_only=True, tag="registry-answers"):
    """A registry answers at this domain; one that asks for a password answers, too."""

    domain: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"A registry answers at {self.domain}"

    @property
    def queries(self) -> tuple[Query, ...]:
        """Who answers; all containers, to see who holds the port; and the engine, without which nothing can."""
        return Ping(self.domain), ContainerList(), EngineInfo()

    def judge(self, past: Past) -> Finding:
        """Pass if what answers says that it is a registry; while the engine is down, nothing can."""
        expected = f"a registry at {self.domain}"
        engine = past.now(EngineInfo())
        match past.now(Ping(self.domain)):
            case Found(pong) if pong.is_registry:
                return passed("a registry answers")
            case Found(pong):
                answer = f"HTTP {pong.status}" if pong.status else "but not in HTTP"
                return failed(expected, f"something answers there ({answer}), but it is no registry")
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _ if isinstance(engine, Unknown):
                return unseen(expected, engine)
            case _:
                return failed(expected, "nothing answers there")

    def recall(self, past: Past) -> Finding | None:
        """A push or pull that succeeded proves that it answered; a container that is gone may have."""
        if not isinstance(past.now(Ping(self.domain)), Absent):
            return None
        for event in past.events("image/push", "image/pull"):
            if domain(event.actor) == self.domain:
                return passed("it answered a push or a pull, as the engine's events tell")
        listed = past.now(ContainerList())
        here = {container.id for container in listed.value.listed} if isinstance(listed, Found) else set()
        if trace.any_gone(past, here):
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
        """Who answers; and all containers, to see who holds the port."""
        return Ping(self.domain), ContainerList()

    def judge(self, past: Past) -> Finding:
        """Pass if a connection is refused."""
        expected = f"nothing at {self.domain}"
        match past.now(Ping(self.domain)):
            case Found(pong):
                return failed(expected, "a registry still answers" if pong.is_registry else "something answers there")
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return passed("nothing answers there")
