"""What the past proves: when a container ran, when a name was given, when a name was gone.

The engine's events prove names, images, pulls, tags, pushes and removals. They never prove a port, a policy or a
registry's contents. Nothing here relies on the order of the events of one action: engines differ.
"""

from __future__ import annotations

from labcheck.engine import DOCKER, Container, Dialect, Image, ListedContainer
from labcheck.name import canonical, repository, same
from labcheck.past import REMOVALS, Past, Told
from labcheck.query import ContainerList, EngineInfo, ImageList
from labcheck.snapshot import Found, Unknown

SECOND = 1_000_000_000
YOUNG = 3 * SECOND
"""For how long after its creation a container may not yet run, or its program not yet answer."""


def started(past: Past, container: str) -> Told | None:
    """The newest start of a container of this name."""
    return past.newest("container/start", container)


def starting(past: Past, it: Container | ListedContainer) -> bool:
    """Whether the container was created just before the newest look, so that ``docker run`` has yet to start it."""
    refused = isinstance(it, Container) and bool(it.error)
    if it.status != "created" or refused or past.look is None:
        return False
    return abs(past.look.until - it.created) < YOUNG


def in_the_foreground(past: Past, container: Container) -> bool:
    """Whether its last run was attached to a terminal, and was not ended by ``docker stop``."""

    def of(kind: str) -> list[int]:
        return [event.at for event in past.events(f"container/{kind}") if event.actor == container.id]

    started = max(of("start"), default=0)
    if not started:
        return container.attached
    died = max((at for at in of("die") if at < started), default=0)
    return any(at > died for at in of("attach")) and not any(at > started for at in of("stop"))


def any_gone(past: Past) -> bool:
    """Whether any container was started that is no longer here."""
    listed = past.now(ContainerList())
    here = {it.id for it in listed.value.listed} if isinstance(listed, Found) else set()
    return past.ended or not past.started <= here


def created(past: Past, it: Container | ListedContainer) -> int:
    """When this container was created: by its event, which is exact; a list says it to the second."""
    made = past.newest("container/create", it.name)
    return made.at if made and made.actor == it.id else it.created + past.behind


def destroyed(past: Past, container: str) -> Told | None:
    """The newest removal of a container of this name."""
    return past.newest("container/destroy", container)


def pulled(past: Past, reference: str) -> Told | None:
    """The newest pull of this reference, including one that said "Image is up to date"."""
    return past.newest("image/pull", canonical(reference))


def brought(past: Past, reference: str) -> Told | None:
    """The newest pull of this reference before which it was gone, so that it brought the image."""
    pulls, gone = past.happened.get("image/pull", {}).get(canonical(reference), ()), removals(past, reference)
    tags = past.happened.get("image/tag", {}).get(canonical(reference), ())
    ids = past.ids.get(canonical(reference), frozenset())
    given = [it.at for it in (*pulls, *tags, *past.events("image/load")) if it.kind != "image/load" or it.actor in ids]
    for pull in reversed(pulls):
        before = max((at for at in given if at < pull.at), default=past.began)
        if any(before <= at < pull.at for at in gone):
            return pull
    return None


def untagged(past: Past, reference: str, since: int, until: int) -> bool:
    """Whether its image lost a name between these times; graphdrivers do not report which."""
    ids = past.ids.get(canonical(reference), frozenset())
    return any(it.actor in ids and since < it.at < until for it in past.events("image/untag"))


def last(past: Past, kind: str, container: str, before: int) -> int:
    """When this last happened to a container of this name before that time; 0 if it never did."""
    return max((it.at for it in past.happened.get(kind, {}).get(container, ()) if it.at < before), default=0)


def fetched(past: Past, reference: str, image: Image) -> Told | None:
    """The pull that brought this image from the reference's repository, under any tag or digest."""
    names = [name for name in (*image.names, *image.digests) if repository(name) == repository(reference)]
    gone = past.newest("image/delete", image.id)
    since = gone.at if gone else past.began
    pulls = [it for it in past.events("image/pull") if it.at > since and any(same(it.actor, name) for name in names)]
    return pulls[-1] if pulls else None


def pulled_by_digest(past: Past, reference: str) -> str:
    """The name with a digest by which an image of the reference's repository was pulled that is here, the newest."""
    listed = past.now(ImageList())
    here = {name for it in listed.value.listed for name in it.digests} if isinstance(listed, Found) else set()
    pulls = [it.actor for it in past.events("image/pull") if repository(it.actor) == repository(reference)]
    return next((name for name in reversed(pulls) if "@" in name and any(same(name, it) for it in here)), "")


def pushed(past: Past, reference: str) -> Told | None:
    """The newest push of this reference; the engine does not report failed ones."""
    return past.newest("image/push", canonical(reference))


def tagged(past: Past, reference: str, before: int | None = None) -> Told | None:
    """The newest time that an image was given this name by ``docker tag`` or ``docker build -t``."""
    tags = past.happened.get("image/tag", {}).get(canonical(reference), ())
    return next((tag for tag in reversed(tags) if before is None or tag.at < before), None)


def given(past: Past, reference: str, before: int | None = None) -> Told | None:
    """The newest time that this name was given to an image that is here: by a tag, or with an image that was loaded."""
    tag, appeared = tagged(past, reference, before), past.appeared.get(canonical(reference))
    if appeared is None or (before is not None and appeared.at >= before):
        return tag
    if (pull := pulled(past, reference)) and 0 <= pull.at - appeared.at <= SECOND:
        return tag  # The look was faster than the event of the pull that it saw.
    return appeared if tag is None or tag.at < appeared.at else tag


def loads(past: Past, image: Image) -> tuple[int, ...]:
    """When this image was loaded from a file, or built by Podman; the engine does not report under which names."""
    return tuple(it.at for it in past.events("image/load", "image/build") if it.actor == image.id)


def made(past: Past, tag: Told) -> bool:
    """Whether this tag named an image that was not here before: BuildKit made it, out of what it fetched from anywhere.

    The engine reports nothing of that but the tag. An image that was pulled in between may be the one that was tagged.
    """
    gone = max((at for at in removals(past, tag.name) if at < tag.at), default=0)
    deleted = max((it.at for it in past.events("image/delete") if it.actor == tag.actor and it.at < tag.at), default=0)
    others = any(tag.actor in ids for name, ids in past.ids.items() if name != canonical(tag.name))
    pulls = any(gone < it.at < tag.at for it in past.events("image/pull"))
    return bool(gone) and not pulls and (bool(deleted) or not others)


def dialect(past: Past) -> Dialect | Unknown:
    """What the events prove, by the engine that reported them; or why that is unknown."""
    info = past.now(EngineInfo())
    return info.value.dialect if isinstance(info, Found) else info if isinstance(info, Unknown) else DOCKER


def removals(past: Past, reference: str) -> tuple[int, ...]:
    """The times at which this name is known not to have existed: a look did not find it, or the engine removed it."""
    name = canonical(reference)
    known = [at for phase in past.gone.get(name, ()) for at in (phase.first, phase.last)]
    ids = past.ids.get(name, frozenset())
    told = [it.at for it in past.events("image/delete") if it.actor in ids]
    named = [it.at for it in past.events(*REMOVALS) if name and it.reference == name]
    return tuple(sorted({*known, *told, *named}))
