"""Checks on what a container shows to a browser."""

from __future__ import annotations

from labcheck.check import Check, failed, passed, unseen
from labcheck.checks import trace
from labcheck.past import Past
from labcheck.query import ContainerNamed, PageAt, Query
from labcheck.snapshot import Absent, Found, Unknown
from labcheck.verdict import Finding, Fix


class PageServed(Check, frozen=True, kw_only=True, tag="page-served"):
    """The page at this address of this machine says these words; the container is the one that should serve it."""

    name: str
    domain: str
    words: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"The page at {self.domain} says “{self.words}”"

    @property
    def queries(self) -> tuple[Query, ...]:
        """The page, and the container."""
        return PageAt(self.domain, self.words), ContainerNamed(self.name)

    def judge(self, past: Past) -> Finding:
        """Pass if it does now, whoever serves it."""
        expected = f"a page at {self.domain} that says “{self.words}”"
        match past.now(PageAt(self.domain, self.words)):
            case Found(page) if page.says:
                return passed("it does")
            case Found(page):
                status = f" (HTTP {page.status})" if page.status else ", but not in HTTP"
                return failed(expected, f"something answers there{status}, and does not say that")
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return failed(expected, "nothing answers there")

    def recall(self, past: Past) -> Finding | None:
        """For a container that is gone: no event says what it showed."""
        if isinstance(past.now(ContainerNamed(self.name)), Absent) and trace.started(past, self.name):
            return unseen(f"a look at {self.domain} while {self.name} ran", f"{self.name} ran, but was removed")
        return None

    def fix(self, past: Past) -> Fix:
        """Look where the container's ports lead; without a container, the step's own solution says it best."""
        here = isinstance(past.now(ContainerNamed(self.name)), Found)
        return Fix(advice=f"docker ps shows where the ports of {self.name} are published.") if here else Fix()
