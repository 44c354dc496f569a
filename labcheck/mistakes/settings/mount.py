"""How a registry's own folder is mounted."""

from __future__ import annotations

from labcheck.checks import Pushed
from labcheck.document import items, text, texts, truth
from labcheck.engine import Container
from labcheck.mistake import Facts, facts, recognises
from labcheck.mistakes import seen
from labcheck.mistakes.rerun import DATA, with_volume
from labcheck.name import domain
from labcheck.past import Past
from labcheck.query import StoredAt
from labcheck.snapshot import Absent


@recognises("registry-may-not-write", Pushed)
def registry_may_not_write(check: Pushed, past: Past) -> Facts | None:
    """The image is not there, and its registry has a folder that it may only read."""
    if not isinstance(past.now(StoredAt(check.image)), Absent):
        return None
    for name in seen.registries(past, domain(check.image)):
        container = seen.container(past, name)
        if container and (source := _read_only(container)):
            return facts(with_volume(container, source, DATA), name=name, path=DATA)
    return None


def _read_only(container: Container) -> str:
    """What is mounted at the registry's folder so that it is only read; empty if nothing is."""
    for bind in texts(container.document, "HostConfig", "Binds"):
        source, _, rest = bind.partition(":")
        place, _, mode = rest.partition(":")
        if place == DATA and "ro" in mode.split(","):
            return source
    for mount in items(container.document, "HostConfig", "Mounts"):
        if text(mount, "Target") == DATA and truth(mount, "ReadOnly"):
            return text(mount, "Source")
    return ""
