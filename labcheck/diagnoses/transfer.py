"""Mistakes with what goes from the engine to the registry and back."""

from __future__ import annotations

from labcheck.check import Check
from labcheck.checks import ImagePulled, ImagePushed, trace
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.log import Log
from labcheck.name import domain, parsed
from labcheck.query import Catalog, ImageNamed, StoredAt
from labcheck.snapshot import Absent, Found
from labcheck.verdict import Fix


def _registry_recreated_empty(check: Check, log: Log) -> Explanation | None:
    if not isinstance(check, ImagePushed) or not isinstance(log.now(StoredAt(check.image)), Absent):
        return None
    held = next((look.at for look, seen in log.history(StoredAt(check.image)) if isinstance(seen, Found)), 0)
    event = trace.pushed(log, check.image)
    since = max(held, event.at if event else 0)
    anew = any(it.kind == "container/start" and it.at > since for it in log.events)
    if not since or not anew:
        return None
    return Explanation(
        "It was pushed, but the registry was made anew since then, and a new registry is empty. "
        "What a registry holds goes with its volume.",
        Fix((*_back(check, log), f"docker push {check.image}")),
    )


def _tagged_not_pushed(check: Check, log: Log) -> Explanation | None:
    if not isinstance(check, ImagePushed) or not isinstance(log.now(StoredAt(check.image)), Absent):
        return None
    if not isinstance(log.now(ImageNamed(check.image)), Found) or trace.pushed(log, check.image):
        return None
    reference, catalog = parsed(check.image), log.now(Catalog(domain(check.image)))
    others = ", ".join(catalog.value) if isinstance(catalog, Found) and reference else ""
    holds = f" The registry holds only {others}." if others else " The registry is still empty."
    return Explanation(
        f"{check.image} has its name, but it was not pushed. A name alone sends nothing.{holds}",
        Fix((f"docker push {check.image}",)),
    )


def _another_image_pushed(check: Check, log: Log) -> Explanation | None:
    if not isinstance(check, ImagePushed):
        return None
    stored, source = log.now(StoredAt(check.image)), log.last_found(ImageNamed(check.source))
    if not isinstance(stored, Found) or stored.value.missing or source is None:
        return None
    if not source.layers or source.layers in stored.value.layers:
        return None
    return Explanation(
        f"Another image than {check.source} was pushed under the name {check.image}. "
        "Tag the right one and push again; the name moves to it.",
        Fix((*_back(check, log), f"docker image tag {check.source} {check.image}", f"docker push {check.image}")),
    )


def _pulled_from_docker_hub(check: Check, log: Log) -> Explanation | None:
    if not isinstance(check, ImagePulled) or not isinstance(log.now(ImageNamed(check.image)), Found):
        return None
    tag, pull = trace.tagged(log, check.image), trace.pulled(log, check.image)
    if tag is None or (pull is not None and pull.at > tag.at):
        return None
    gone = [moment for moment in trace.removals(log, check.image) if moment < tag.at]
    pushed = trace.pushed(log, check.image)
    if not gone or pushed is None or gone[-1] < pushed.at:
        return None
    hub = [it.actor for it in log.events if it.kind == "image/pull" and pushed.at < it.at < tag.at]
    hub = [name for name in hub if domain(name) == "docker.io"]
    if not hub:
        return None
    return Explanation(
        f"{check.image} is here, but it did not come from your registry: "
        f"{hub[-1]} was pulled from Docker Hub and tagged.",
        check.again(),
    )


def _back(check: ImagePushed, log: Log) -> tuple[str, ...]:
    """What brings the image to push back, where it is not here any more."""
    if isinstance(log.now(ImageNamed(check.image)), Found):
        return ()
    tag = f"docker image tag {check.source} {check.image}"
    if isinstance(log.now(ImageNamed(check.source)), Found):
        return (tag,)
    return (f"docker pull {check.source}", tag)


DIAGNOSES = (
    Diagnosis("registry-recreated-empty", "The registry was made anew after the push.", _registry_recreated_empty),
    Diagnosis("tagged-not-pushed", "The image has its new name, but was not pushed.", _tagged_not_pushed),
    Diagnosis("another-image-pushed", "Another image was pushed under the name.", _another_image_pushed),
    Diagnosis("pulled-from-docker-hub", "The image was pulled from Docker Hub and tagged.", _pulled_from_docker_hub),
)
