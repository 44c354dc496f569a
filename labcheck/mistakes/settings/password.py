"""A registry that asks for no password: which settings its container was created with."""

from __future__ import annotations

from labcheck.checks import PasswordRequired
from labcheck.mistake import Facts, facts, recognises
from labcheck.mistakes import seen
from labcheck.past import Past
from labcheck.query import Ping
from labcheck.snapshot import Found

SETTING = "REGISTRY_AUTH"


@recognises("registry-without-password", PasswordRequired)
def registry_without_password(check: PasswordRequired, past: Past) -> Facts | None:
    """It lets everybody in, and its container has no setting for a password."""
    pong = past.now(Ping(check.domain))
    if not isinstance(pong, Found) or not pong.value.is_registry or pong.value.status != 200:  # noqa: PLR2004 - HTTP's "OK"
        return None
    row = next((it for it in seen.containers(past) if seen.publishes(it, check.domain)), None)
    container = seen.container(past, row.name) if row else None
    if container is None or any(name.startswith(SETTING) for name in container.variables):
        return None
    return facts(name=container.name)
