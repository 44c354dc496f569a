"""What was deleted and not collected, or collected from a registry that was not told."""

from __future__ import annotations

from labcheck.checks import BlobsGone, RegistryRestarted
from labcheck.checks.deleting import left
from labcheck.mistake import Facts, facts, recognises
from labcheck.mistakes import seen
from labcheck.name import domain
from labcheck.past import Past
from labcheck.verdict import Fix

COLLECT = "registry garbage-collect /etc/docker/registry/config.yml"


@recognises("not-collected", BlobsGone, RegistryRestarted)
def not_collected(check: BlobsGone | RegistryRestarted, past: Past) -> Facts | None:
    """Its manifest is gone, and bytes of what only it had are there."""
    blobs = left(check, past)
    if not any(it.has_bytes for it in blobs):
        return None
    names = seen.registries(past, domain(check.image))
    return facts(Fix(tuple(f"docker exec {name} {COLLECT}" for name in names)))


@recognises("not-restarted", RegistryRestarted)
def not_restarted(check: RegistryRestarted, past: Past) -> Facts | None:
    """It says that it has what only the image had, and sends none of it."""
    blobs = left(check, past)
    if not blobs or any(it.has_bytes for it in blobs):
        return None
    names = seen.registries(past, domain(check.image))
    return facts(Fix(tuple(f"docker restart {name}" for name in names)))
