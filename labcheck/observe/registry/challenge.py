"""What a server asks for before it shows anything: its ``WWW-Authenticate`` header, read leniently.

Each registry writes it differently: ``Bearer`` or ``bearer``, values with or without quotes, commas inside the quotes,
several challenges in one header or in several. It never raises: what cannot be read is left out.

Source: RFC 9110, section 11.6.1; distribution, docs/content/spec/auth/token.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Protocol
from urllib.parse import urlencode

import msgspec

WORD: Final = r'([^\s,="]+)(?:\s*=\s*(?:"((?:\\.|[^"\\])*)"?|([^\s,]*)))?'
"""A scheme, or a parameter and its value; both come in one list, with or without commas."""


class Headers(Protocol):
    """A reply's headers."""

    def get_all(self, name: str, /) -> Sequence[object] | None:
        """Every value of this name."""
        ...


class Challenge(msgspec.Struct, frozen=True):
    """One authentication challenge: ``scheme`` and the parameters' names are in lower case."""

    scheme: str
    parameters: Mapping[str, str] = msgspec.field(default_factory=dict)

    @property
    def says_too_little(self) -> bool:
        """Whether the token was valid, but does not allow this request."""
        return self.parameters.get("error", "").lower() == "insufficient_scope"

    @property
    def token_address(self) -> str:
        """Where to get a token for the request, or the empty string."""
        realm = self.parameters.get("realm", "")
        if self.scheme != "bearer" or not realm:
            return ""
        service = self.parameters.get("service", "")
        asked = [("service", service)] if service else []
        # One value may contain two scopes; the token server wants one parameter for each.
        asked += [("scope", scope) for scope in self.parameters.get("scope", "").split()]
        return realm + ("&" if "?" in realm else "?") + urlencode(asked) if asked else realm


def challenges(headers: Headers) -> tuple[Challenge, ...]:
    """All challenges of a reply, in order."""
    found: list[tuple[str, dict[str, str]]] = []
    for header in headers.get_all("WWW-Authenticate") or ():
        for word in re.finditer(WORD, str(header)):
            name, quoted, plain = word[1].lower(), word[2], word[3]
            if quoted is None and plain is None:
                found.append((name, {}))
            elif found:
                found[-1][1][name] = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else plain
    return tuple(Challenge(scheme, parameters) for scheme, parameters in found)
