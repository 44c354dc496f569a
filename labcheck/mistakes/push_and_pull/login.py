"""A login that Docker does not find, because the registry has another name there."""

from __future__ import annotations

from labcheck.checks import LoggedIn
from labcheck.mistake import Facts, facts, recognises
from labcheck.past import Past
from labcheck.query import LoginList
from labcheck.snapshot import Found


@recognises("logged-in-by-another-name", LoggedIn)
def by_another_name(check: LoggedIn, past: Past) -> Facts | None:
    """There is a login for another name with the same port."""
    logins = past.now(LoginList())
    if not isinstance(logins, Found) or check.domain in logins.value.registries:
        return None
    port = check.domain.rpartition(":")[2]
    others = [name for name in logins.value.registries if name.rpartition(":")[2] == port]
    return facts(address=check.domain, other=others[0]) if others else None
