"""A registry that refuses to delete."""

from __future__ import annotations

from labcheck.checks import DeletingEnabled
from labcheck.mistake import Facts, facts, recognises
from labcheck.mistakes import seen
from labcheck.mistakes.rerun import settings
from labcheck.past import Past
from labcheck.query import ContainerList, Deleting
from labcheck.snapshot import Found

SETTING = "REGISTRY_STORAGE_DELETE_ENABLED"


@recognises("delete-not-enabled", DeletingEnabled)
def delete_not_enabled(check: DeletingEnabled, past: Past) -> Facts | None:
    """It refuses; whether it has a setting that was probably meant to be this one."""
    enabled = past.now(Deleting(check.domain))
    if not isinstance(enabled, Found) or enabled.value or not isinstance(past.now(ContainerList()), Found):
        return None
    containers = (seen.container(past, name) for name in seen.registries(past, check.domain))
    given = [name for it in containers if it for name in settings(it) if "DELETE" in name.upper()]
    return facts(setting=next((name for name in given if name != SETTING), ""), has=SETTING in given)
