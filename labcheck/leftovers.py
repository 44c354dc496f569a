"""What a lab made that is still there and a reset would remove. Pure; ``remove.py`` does the removing.

On the course's own engine that is everything the lab is about. On any other engine it is only what the lab itself
names, and only if the attempt's first look did not find it: what was there before is not ours.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

from labcheck.name import parsed
from labcheck.past import Past
from labcheck.query import (
    ContainerList,
    ContainerNamed,
    EngineInfo,
    EngineQuery,
    ImageList,
    ImageNamed,
    Subject,
    VolumeNamed,
)
from labcheck.snapshot import Absent, Found, Snapshot

Q = TypeVar("Q", ContainerNamed, ImageNamed, VolumeNamed)


class Leftovers(msgspec.Struct, frozen=True):
    """Containers and images by name, volumes by name; a container's anonymous volumes go with it anyway."""

    containers: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    volumes: tuple[str, ...] = ()
    engine: str = ""
    """The identity of the engine that has them."""

    @property
    def by_kind(self) -> dict[str, tuple[str, ...]]:
        """What there is of each kind, in the order in which it is removed."""
        return {"container": self.containers, "image": self.images, "volume": self.volumes}

    def __bool__(self) -> bool:
        return bool(self.containers or self.images or self.volumes)


def leftovers(past: Past, subject: Subject) -> Leftovers:
    """What the lab made, according to the newest look."""
    info = past.now(EngineInfo())
    if not isinstance(info, Found) or past.look is None or past.first is None:
        return Leftovers()
    now = past.look.snapshot
    if info.value.is_course:
        return msgspec.structs.replace(_all(now, subject), engine=info.value.identity)
    before = past.first.snapshot
    return Leftovers(
        tuple(sorted(query.name for query in _new(before, now, ContainerNamed))),
        tuple(sorted(query.reference for query in _new(before, now, ImageNamed))),
        tuple(sorted(query.name for query in _new(before, now, VolumeNamed))),
        engine=info.value.identity,
    )


def unseen(past: Past) -> str:
    """Why it is unknown what a lab left behind; the empty string if everything could be looked at."""
    answers = past.look.snapshot.answers if past.look else ()
    unknown = (it.unknown for it in answers if it.unknown is not None and isinstance(it.query, EngineQuery))
    return next((it.reason for it in unknown), "")


def _all(now: Snapshot, subject: Subject) -> Leftovers:
    """Everything the lab is about."""
    listed, images = now.ask(ContainerList()), now.ask(ImageList())
    containers = listed.value.listed if isinstance(listed, Found) else ()
    names = [name for image in images.value.listed for name in image.names] if isinstance(images, Found) else []
    inspected = [now.ask(query) for query in _asked(now, ContainerNamed)]
    volumes = [name for seen in inspected if isinstance(seen, Found) for name, _ in seen.value.volumes]
    volumes += [query.name for query in _asked(now, VolumeNamed) if isinstance(now.ask(query), Found)]
    return Leftovers(
        tuple(it.name for it in containers if it.name in subject.containers or _concerns(it.image, subject)),
        tuple(name for name in names if _concerns(name, subject)),
        tuple(dict.fromkeys(volumes)),
    )


def _concerns(name: str, subject: Subject) -> bool:
    reference = parsed(name)
    return reference is not None and (reference.domain in subject.domains or reference.name in subject.repositories)


def _new(before: Snapshot, now: Snapshot, kind: type[Q]) -> list[Q]:
    """What is there now and certainly was not before: if we could not look then, it is not ours."""
    here = [query for query in _asked(now, kind) if isinstance(now.ask(query), Found)]
    return [query for query in here if isinstance(before.ask(query), Absent)]


def _asked(now: Snapshot, kind: type[Q]) -> list[Q]:
    return [answer.query for answer in now.answers if isinstance(answer.query, kind)]
