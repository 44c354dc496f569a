"""What a server asks for before it shows anything: its ``WWW-Authenticate`` header, read kindly.

Registries write it each in their own way: ``Bearer`` or ``bearer``, a value in quotes or without, commas inside the
quotes, several challenges in one header or in several. It refuses to raise: what cannot be read is left out.

Source: RFC 9110, section 11.6.1; distribution, docs/content/spec/auth/token.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Protocol
from urllib.parse import urlencode

import msgspec

WORD: Final = r'([^\s,="]+)(?:\s*=\s*(?:"((?:\\.|[^"\\])*)"?|([^\s,]*)))?'
"""A scheme, or a parameter and its value; both stand in one row, with or without commas between."""


class Headers(Protocol):
    """A reply's headers."""

    def get_all(self, name: str, /) -> Sequence[object] | None:
        """Every value of this name."""
        ...


class Challenge(msgspec.Struct, frozen=True):
    """One way to be let in: ``scheme`` and the parameters' names are in lower case."""

    scheme: str
    parameters: Mapping[str, str] = msgspec.field(default_factory=dict)

    @property
    def says_too_little(self) -> bool:
        """Whether what was shown is a good token, but not for that."""
        return self.parameters.get("error", "").lower() == "insufficient_scope"

    @property
    def token_address(self) -> str:
        """Where a token is handed out for what was asked, or the empty string."""
        realm = self.parameters.get("realm", "")
        if self.scheme != "bearer" or not realm:
            return ""
        service = self.parameters.get("service", "")
        asked = [("service", service)] if service else []
        # Two scopes may stand in one value; the token's server wants one parameter each.
        asked += [("scope", scope) for scope in self.parameters.get("scope", "").split()]
        return realm + ("&" if "?" in realm else "?") + urlencode(asked) if asked else realm


def challenges(headers: Headers) -> tuple[Challenge, ...]:
    """All challenges of a reply, in their order."""
    found: list[tuple[str, dict[str, str]]] = []
    for header in headers.get_all("WWW-Authenticate") or ():
        for word in re.finditer(WORD, str(header)):
            name, quoted, plain = word[1].lower(), word[2], word[3]
            if quoted is None and plain is None:
                found.append((name, {}))
            elif found:
                found[-1][1][name] = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else plain
    return tuple(Challenge(scheme, parameters) for scheme, parameters in found)
