"""A registry that passes nothing on: whether its container was told an upstream."""

from __future__ import annotations

from labcheck.checks import PassedOn
from labcheck.mistake import Facts, facts, recognises
from labcheck.mistakes import seen
from labcheck.mistakes.rerun import settings
from labcheck.name import domain, parsed
from labcheck.past import Past
from labcheck.query import Tags
from labcheck.snapshot import Absent, Found

SETTING = "REGISTRY_PROXY_REMOTEURL"


@recognises("upstream-not-set", PassedOn)
def upstream_not_set(check: PassedOn, past: Past) -> Facts | None:
    """It answers and lists nothing of that name; whether it has the setting, or one that was meant to be it."""
    named = parsed(check.image)
    tags = past.now(Tags(named.domain or "", named.path)) if named else None
    if named is None or not (isinstance(tags, Absent) or (isinstance(tags, Found) and named.tag not in tags.value)):
        return None
    container = next(
        (it for name in seen.registries(past, domain(check.image)) if (it := seen.container(past, name))), None
    )
    if container is None:
        return None
    given = settings(container)
    setting = next((name for name in given if "PROXY" in name.upper() and name != SETTING), "")
    return facts(name=container.name, setting=setting, has=SETTING in given)
