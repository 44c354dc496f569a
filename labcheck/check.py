"""A check: what it must look at, and how it judges what was seen.

A check demands an *effect*, never a particular command: every correct solution passes. It compares parsed references,
digests and layers, never substrings.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, TypeAlias

import msgspec
from msgspec import Meta

from labcheck.past import Past
from labcheck.query import Query
from labcheck.snapshot import Unknown
from labcheck.verdict import Finding, Fix, Outcome

PORT: Final = "Port"
Port: TypeAlias = Annotated[int, Meta(title="Port")]
"""A port in a check; in a lab file it can be one of the lab's values, such as ``"{port}"``."""


class Check(msgspec.Struct, frozen=True, kw_only=True, tag_field="check", rename="kebab", forbid_unknown_fields=True):
    """What all checks have in common; the kinds are in :mod:`labcheck.checks`."""

    demands_absence: ClassVar[bool] = False
    """Whether it passes before anything was done; a step with such a check must come after a step that it undoes."""

    @property
    def title(self) -> str:
        """The demand in a few words, as shown in a list of checks."""
        raise NotImplementedError

    @property
    def queries(self) -> tuple[Query, ...]:
        """What must be looked at to judge it."""
        raise NotImplementedError

    def follow_up(self, past: Past) -> tuple[Query, ...]:  # noqa: ARG002 - most checks know beforehand what to look at
        """What must be looked at, too, because of what was seen: a digest, say, that nobody knows beforehand."""
        return ()

    @property
    def mentions(self) -> tuple[str, ...]:
        """Images that it mentions without asking for them by name; they belong to what the lab is about."""
        return ()

    def judge(self, past: Past) -> Finding:
        """Whether it is met at the newest look."""
        raise NotImplementedError

    def recall(self, past: Past) -> Finding | None:  # noqa: ARG002 - most checks have nothing to recall
        """What the engine's events prove about the past, for someone who did everything and looked only afterwards.

        ``None``: no trace of it. A pass: it was certainly met. Inconclusive: it may have been, but nobody looked.
        """
        return None

    def fix(self, past: Past) -> Fix:  # noqa: ARG002 - most fixes depend on the check alone
        """What to type to meet this demand; empty if the step's own solution says it best."""
        return Fix()


def passed(actual: str = "") -> Finding:
    """The demand is met."""
    return Finding(Outcome.PASS, actual=actual)


def failed(expected: str, actual: str) -> Finding:
    """The demand is not met: we looked."""
    return Finding(Outcome.FAIL, expected, actual)


def unseen(expected: str, reason: str | Unknown) -> Finding:
    """We could not look, so we cannot say."""
    if isinstance(reason, Unknown):
        return Finding(Outcome.INCONCLUSIVE, expected, reason.reason, reason.cause)
    return Finding(Outcome.INCONCLUSIVE, expected, reason)
