"""What the registry holds after a push, or without one."""

from __future__ import annotations

from labcheck.checks import ImagePushed, Pushed, trace
from labcheck.checks.sameness import instead, is_same
from labcheck.mistake import Facts, facts, recognises
from labcheck.mistakes import seen
from labcheck.name import domain, matches, parsed
from labcheck.past import Past
from labcheck.query import Catalog, ImageNamed, StoredAt
from labcheck.snapshot import Absent, Found, Unknown
from labcheck.verdict import Fix


@recognises("registry-recreated-empty", Pushed)
def registry_recreated_empty(check: Pushed, past: Past) -> Facts | None:
    """It held the image, and a registry's container was created since."""
    if not isinstance(past.now(StoredAt(check.image)), Absent):
        return None
    event = trace.pushed(past, check.image)
    since = max(past.last_seen(StoredAt(check.image)), event.at if event else 0)
    created = any(it.at > since and matches(it.image, "registry") for it in past.events("container/create"))
    return facts(check.fix(past), image=check.image) if since and created else None


@recognises("tagged-not-pushed", Pushed)
def tagged_not_pushed(check: Pushed, past: Past) -> Facts | None:
    """The image has its name here, and was not pushed; what the registry holds instead."""
    if not isinstance(past.now(StoredAt(check.image)), Absent):
        return None
    if not isinstance(past.now(ImageNamed(check.image)), Found) or trace.pushed(past, check.image):
        return None
    catalog, named = past.now(Catalog(domain(check.image))), parsed(check.image)
    # A repository stands in the catalog from the first byte of a push on, before there is an image in it.
    if not isinstance(catalog, Found) or (named and named.path in catalog.value):
        return facts(image=check.image)
    return facts(image=check.image, others=", ".join(catalog.value), empty=not catalog.value)


@recognises("older-image-pushed", ImagePushed)
def older_image_pushed(check: ImagePushed, past: Past) -> Facts | None:
    """It holds what the source's name meant before."""
    stored, source = past.now(StoredAt(check.image)), past.last_found(ImageNamed(check.source))
    if not isinstance(stored, Found) or source is None or is_same(source, stored.value) is not False:
        return None
    was = [it.value for it in past.was(ImageNamed(check.source)) if isinstance(it, Found)]
    if not any(is_same(image, stored.value) for image in was):
        return None
    return facts(_tag_and_push(check, past), image=check.image, source=check.source)


@recognises("another-image-pushed", ImagePushed)
def another_image_pushed(check: ImagePushed, past: Past) -> Facts | None:
    """It holds another image than the source, or something that is none."""
    stored, source = past.now(StoredAt(check.image)), past.last_found(ImageNamed(check.source))
    if not isinstance(stored, Found) or stored.value.missing or source is None:
        return None
    holds = instead(stored.value, source)
    if not holds and is_same(source, stored.value) is not False:
        return None
    return facts(_tag_and_push(check, past), image=check.image, source=check.source, holds=holds)


@recognises("parts-missing", Pushed)
def parts_missing(check: Pushed, past: Past) -> Facts | None:
    """It knows the image, and lacks parts of it; whether it was restarted since the push."""
    stored = past.now(StoredAt(check.image))
    if not (check.is_listed(past) or isinstance(stored, Found)):
        return None
    if isinstance(stored, Unknown) or (isinstance(stored, Found) and not stored.value.missing):
        return None
    registries = [it.name for it in seen.containers(past) if seen.is_registry(it, past) and it.status == "running"]
    push = trace.pushed(past, check.image)
    if any((again := trace.started(past, name)) and push and again.at > push.at for name in registries):
        return facts(check.fix(past), image=check.image, restarted=True)
    then = "Then push again." if registries else "docker restart NAME restarts it. Then push again."
    return facts(Fix(tuple(f"docker restart {name}" for name in registries), then), image=check.image)


def _tag_and_push(check: ImagePushed, past: Past) -> Fix:
    """Move the name to the right image, which is pulled first where it is not here any more."""
    pull = () if seen.image(past, check.source) else (f"docker pull {check.source}",)
    return Fix((*pull, f"docker image tag {check.source} {check.image}", f"docker push {check.image}"))
