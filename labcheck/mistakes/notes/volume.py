"""The volumes of a container that was removed."""

from __future__ import annotations

from labcheck.checks import ContainerAbsent, trace
from labcheck.mistake import Facts, facts, notes
from labcheck.mistakes.rerun import is_anonymous
from labcheck.past import Past
from labcheck.query import ContainerNamed


@notes("volume-left-behind", ContainerAbsent)
def volume_left_behind(check: ContainerAbsent, past: Past) -> Facts | None:
    """It had a volume to which nobody gave a name, and that was not removed, with it or afterwards."""
    was, gone = past.last_found(ContainerNamed(check.name)), trace.destroyed(past, check.name)
    if gone and any(pruned.at > gone.at for pruned in past.events("volume/prune")):
        return None  # it does not say which ones
    removed = {it.actor for it in past.events("volume/destroy")}
    left = [name for name, _ in was.volumes if is_anonymous(name) and name not in removed] if was else []
    return facts(name=was.name) if was and left else None
