"""A page, compiled: the patterns of its messages, and the cases by which it is explained."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from labcheck.mistake.facts import Facts
from labcheck.verdict import Explanation, Fix

PLACEHOLDER: Final = r"(?<!\{)\{([a-z][a-z0-9_]*)\}(?!\})"
"""``{name}``; ``{{.Names}}`` belongs to Docker's formats and is left alone."""
YOURS: Final = "your_registry"
"""What every message gives: the address of the registry in it, or the words for one."""
NAMED: Final = "named_registry"
"""The same, but nothing if there is none in it."""
ON_HUB: Final = "docker_hub"
"""What a message gives that names Docker Hub, and no other registry."""
COMMAND: Final = "    "
"""A line of advice that starts with this is a command."""


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """One explanation, and the names of the facts it requires."""

    why: str
    needs: tuple[str, ...] = ()
    type: str = ""
    advice: str = ""


class Pattern(msgspec.Struct, frozen=True, omit_defaults=True):
    """A regular expression, and texts of which every match contains one, so that most need not be compiled."""

    text: str
    literals: tuple[str, ...] = ()

    def found(self, message: str) -> re.Match[str] | None:
        """Its first match."""
        if self.literals and not any(literal in message for literal in self.literals):
            return None
        # Compiled when it is first asked for, and kept by ``re``: a look needs none of the patterns.
        return re.search(self.text, message)


class Saying(msgspec.Struct, frozen=True):
    """How a message is recognised, and its explanations: the first one with all its facts is used."""

    patterns: tuple[Pattern, ...]
    cases: tuple[Told, ...]


class Place(msgspec.Struct, frozen=True):
    """Where a function is: its module, and its name in it."""

    module: str
    function: str


class Page(msgspec.Struct, frozen=True, omit_defaults=True):
    """A mistake, ready to be looked up. ``file`` is its page's path, ``family`` its folder."""

    name: str
    summary: str
    family: str
    file: str
    sayings: tuple[Saying, ...] = ()
    evidence: tuple[Told, ...] = ()
    explainer: Place | None = None
    before: tuple[str, ...] = ()

    @property
    def when_seen(self) -> tuple[Told, ...]:
        """Its explanations if it was recognised in evidence: those of its message, unless the head has others."""
        return self.evidence or (self.sayings[0].cases if self.sayings else ())


def explained(cases: Iterable[Told], facts: Facts) -> Explanation | None:
    """The explanation by the first case with all its facts; ``None`` if there is none."""
    case = next((it for it in cases if all(facts.values.get(name) for name in it.needs)), None)
    if case is None:
        return None
    commands = tuple(_filled(line, facts, quoted=True) for line in case.type.splitlines())
    lines = (_filled(line, facts, quoted=line.startswith(COMMAND)) for line in case.advice.splitlines())
    return Explanation(_filled(case.why, facts, quoted=False), facts.fix or Fix(commands, "\n".join(lines)))


def mentioned(*texts: str) -> tuple[str, ...]:
    """The names that occur in these texts as ``{name}``."""
    return tuple(name for text in texts for name in re.findall(PLACEHOLDER, text))


def _filled(text: str, facts: Facts, *, quoted: bool) -> str:
    """The text with its facts filled in. In a command a fact is quoted as a single shell word, whatever it contains."""
    if "{" not in text:
        return text
    from shlex import quote  # noqa: PLC0415 - where there is something to be put in

    def put(found: re.Match[str]) -> str:
        value = facts.values[found[1]]
        return quote(value) if quoted else value

    return re.sub(PLACEHOLDER, put, text)
