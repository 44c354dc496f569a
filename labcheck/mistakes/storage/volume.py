"""Where a container keeps what is pushed, and whether that is what it had before."""

from __future__ import annotations

from labcheck.checks import VolumeKept, VolumeMounted, trace
from labcheck.checks.volumes import named_volume
from labcheck.engine import Container
from labcheck.mistake import Facts, facts, recognises
from labcheck.mistakes import seen
from labcheck.mistakes.rerun import is_anonymous, with_volume
from labcheck.past import Past
from labcheck.query import StoredAt
from labcheck.snapshot import Absent
from labcheck.verdict import Fix


@recognises("volume-without-name", VolumeMounted, VolumeKept)
def volume_without_name(check: VolumeMounted | VolumeKept, past: Past) -> Facts | None:
    """It has a volume there whose name Docker invented, and no other one."""
    container = seen.container(past, check.name)
    if container is None or any(not is_anonymous(name) for name, _ in container.volumes):
        return None
    there = any(place == check.folder for _, place in container.volumes)
    return facts(_with_volume(container, check), name=check.name) if there else None


@recognises("volume-elsewhere", VolumeMounted, VolumeKept)
def volume_elsewhere(check: VolumeMounted | VolumeKept, past: Past) -> Facts | None:
    """It has a volume with a name, at another place."""
    container = seen.container(past, check.name)
    if container is None or named_volume(container, check.folder):
        return None
    others = [(name, place) for name, place in container.volumes if not is_anonymous(name)]
    if not others:
        return None
    volume, place = others[0]
    fix = _with_volume(container, check, volume)
    return facts(fix, name=check.name, volume=volume, place=place, folder=check.folder)


@recognises("folder-not-volume", VolumeMounted, VolumeKept)
def folder_not_volume(check: VolumeMounted | VolumeKept, past: Past) -> Facts | None:
    """It has a folder of the host there."""
    container = seen.container(past, check.name)
    if container is None or check.folder not in container.bound:
        return None
    return facts(_with_volume(container, check), name=check.name, folder=check.folder)


@recognises("volume-removed", VolumeKept)
def volume_removed(check: VolumeKept, past: Past) -> Facts | None:
    """What was pushed before the container was made is not there, though its volume has a name."""
    container, push = seen.container(past, check.name), trace.pushed(past, check.image)
    made = past.newest("container/create", check.name)
    if container is None or not named_volume(container, check.folder) or push is None or made is None:
        return None
    if push.at > made.at or not isinstance(past.now(StoredAt(check.image)), Absent):
        return None
    return facts(Fix((f"docker push {check.image}",)), name=check.name, image=check.image)


def _with_volume(container: Container, check: VolumeMounted | VolumeKept, volume: str = "") -> Fix:
    wanted = check.volume if isinstance(check, VolumeMounted) else None
    return with_volume(container, wanted or volume or f"{container.name}-data", check.folder)
