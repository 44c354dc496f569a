"""The registry asks for a password: nobody gave one, or it was not the right one."""

from __future__ import annotations

import re
from collections.abc import Mapping

from labcheck.checks import Pushed
from labcheck.mistake import Facts, explains, facts, recognises
from labcheck.mistake.page import YOURS
from labcheck.mistakes.push_and_pull.reply import is_here
from labcheck.mistakes.registry.reply import made_plain
from labcheck.name import domain
from labcheck.past import Past
from labcheck.query import Ping, StoredAt
from labcheck.snapshot import Found, Unknown

UNAUTHORISED = 401


@recognises("registry-wants-password", Pushed)
def registry_wants_password(check: Pushed, past: Past) -> Facts | None:
    """It answers that it wants one, and does not let labcheck look."""
    address = domain(check.image)
    pong = past.now(Ping(address))
    if not isinstance(pong, Found) or pong.value.status != UNAUTHORISED:
        return None
    if not isinstance(past.now(StoredAt(check.image)), Unknown):
        return None
    return facts(made_plain(address, past), address=address)


@explains("registry-wants-password")
@explains("wrong-password")
def whose_password(said: Mapping[str, str]) -> Facts:
    """The registry that was asked, by where the push went or by the request; whether it is Docker Hub."""
    address = said["domain"] or said["asked"] or said[YOURS]
    return facts(address=address, hub=bool(re.search(r"docker\.(?:io|com)$", address)), here=is_here(address))
