"""The token that public registries hand to everybody, without a password.

They answer 401 first and say where the token is. It is fetched once for a question, shown to the registry alone, and
forgotten with the question: it enters neither the evidence nor a reason. A registry that is not content with it has
said that it wants a password, and is not asked again.

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
"""What may stand behind ``Bearer`` in a header (RFC 6750)."""


def token_address(challenges: Iterable[Challenge], *, is_here: bool) -> str:
    """Where a registry's token is handed out, or the empty string. ``is_here``: the registry is on this machine.

    In plain HTTP only such a one is followed, and only to this machine: nobody else sends us to addresses in here.
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
    """The token that everybody gets there; the empty string where nobody does without a password."""
    reply = ask(address)
    document = parsed(reply.body) if reply.status == OK else {}
    found = text(document, "token") or text(document, "access_token")
    return found if TOKEN.fullmatch(found) else ""


OK: Final = 200
