"""The volumes of a container that was removed."""

from __future__ import annotations

from labcheck.checks import ContainerAbsent
from labcheck.mistake import Facts, facts, notes
from labcheck.mistakes.rerun import is_anonymous
from labcheck.past import Past
from labcheck.query import ContainerNamed


@notes("volume-left-behind", ContainerAbsent)
def volume_left_behind(check: ContainerAbsent, past: Past) -> Facts | None:
    """It had a volume to which nobody gave a name."""
    was = past.last_found(ContainerNamed(check.name))
    return facts(name=was.name) if was and any(is_anonymous(name) for name, _ in was.volumes) else None
