"""The token that public registries give to everybody, without a password.

They answer 401 first and say where to get the token. It is fetched once per query, sent only to the registry, and then
forgotten: it enters neither the evidence nor a message. If a registry does not accept it, the registry wants a
password, and is not asked again.

Source: distribution, docs/content/spec/auth/token.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from labcheck.document import text
from labcheck.loopback import is_local
from labcheck.observe.http.address import split
from labcheck.observe.http.client import Reply
from labcheck.observe.registry.challenge import Challenge
from labcheck.observe.trouble import CannotLook
from labcheck.oci import parsed

TOKEN: Final = re.compile(r"[A-Za-z0-9._~+/=-]+")
"""What may follow ``Bearer`` in a header (RFC 6750)."""


def token_address(challenges: Iterable[Challenge], *, is_here: bool) -> str:
    """Where to get the registry's token, or the empty string. ``is_here``: the registry is on this machine.

    Plain HTTP is used only for a registry on this machine, and only to this machine: no remote server may send us to
    local addresses.
    """
    for address in filter(None, (challenge.token_address for challenge in challenges)):
        try:
            where = split(address)
        except CannotLook:
            continue
        if where.scheme == "https" or (is_here and is_local(where.hostname or "")):
            return address
    return ""


def anonymous(address: str, ask: Callable[[str], Reply]) -> str:
    """The token that everybody can get there; the empty string if it needs a password."""
    reply = ask(address)
    document = parsed(reply.body) if reply.status == OK else {}
    found = text(document, "token") or text(document, "access_token")
    return found if TOKEN.fullmatch(found) else ""


OK: Final = 200
