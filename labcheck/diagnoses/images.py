"""Mistakes with removing images: they stay, or they went too early."""

from __future__ import annotations

import re
from itertools import takewhile

from labcheck.check import Check
from labcheck.checks import (
    ContainerRuns,
    ImageAbsent,
    ImagePresent,
    ImagePushed,
    ImageTagged,
    NoContainerOf,
    trace,
)
from labcheck.checks.origin import made_from
from labcheck.checks.whose import is_learners_own, removing
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.engine import ListedContainer
from labcheck.log import Look
from labcheck.mistakes import seen
from labcheck.mistakes.rerun import keeps_data, once_more
from labcheck.name import matches, same
from labcheck.past import Past
from labcheck.query import ContainerList, ContainerNamed, ImageList, ImageNamed, StoredAt
from labcheck.snapshot import Absent, Found, Unknown
from labcheck.verdict import Fix

PRUNE = "docker image prune -a -f"


def _image_in_use(check: Check, past: Past) -> Explanation | None:
    using = _using(check, past)
    if not using:
        return None
    names = " and ".join(it.name if it.image.startswith("sha256:") else f"{it.name} ({it.image})" for it in using)
    return Explanation(
        f"Docker keeps the image of every container, even of a stopped one. Still there: {names}.",
        removing(past, (it.name for it in using), *_removal(check, past)),
    )


def _removal(check: Check, past: Past) -> tuple[str, ...]:
    """What removes the images: on a learner's own engine by their names, so that nothing else goes with them."""
    if not is_learners_own(past):
        return (PRUNE,)
    unwanted = (
        check.images if isinstance(check, NoContainerOf) else (check.image,) if isinstance(check, ImageAbsent) else ()
    )
    names = [name for name in seen.names(past) if any(matches(name, image) for image in unwanted)]
    return (f"docker image rm {' '.join(names)}",) if names else ()


def _using(check: Check, past: Past) -> tuple[ListedContainer, ...]:
    """The containers that keep the images which the check wants gone."""
    if isinstance(check, NoContainerOf):
        return check.using(seen.containers(past), past)
    image = seen.image(past, check.image) if isinstance(check, ImageAbsent) else None
    if not isinstance(check, ImageAbsent) or image is None:
        return ()
    return tuple(it for it in seen.containers(past) if it.image_id == image.id or made_from(it, check.image, past))


def _told_in_use(match: re.Match[str]) -> Explanation:
    container, image = match["user"] or match["container"], match["reference"] or match["id"]
    return Explanation(
        f"The container {container} is made from this image, and Docker keeps the image of every container, "
        "even of a stopped one. If you need that container no more, remove it first.",
        Fix((f"docker rm -f {container}", f"docker image rm {image}")),
    )


def _prune_without_all(check: Check, past: Past) -> Explanation | None:
    if not isinstance(check, ImageAbsent) or seen.image(past, check.image) is None:
        return None
    named = max(
        (event.at for event in (trace.tagged(past, check.image), trace.pulled(past, check.image)) if event), default=0
    )
    if not any(pruned.at > named and not _was_in_use(check, pruned.before) for pruned in past.pruned):
        return None
    return Explanation(
        "docker image prune removes only dangling images, those without a name. "
        "With -a it removes every image that no container uses.",
        Fix(_removal(check, past)),
    )


def _was_in_use(check: ImageAbsent, before: Look) -> bool:
    """Whether a container kept the image, or may have, by the look before it was pruned: -a would keep it, too."""
    then = Past(0, look=before)
    return bool(_using(check, then)) or isinstance(then.now(ContainerList()), Unknown)


def _told_without_all(_match: re.Match[str]) -> Explanation:
    return Explanation(
        "Dangling images are those without a name, and only they are removed. "
        "With -a every image goes that no container uses.",
        Fix((PRUNE,)),
    )


def _told_nothing_pruned(_match: re.Match[str]) -> Explanation:
    return Explanation(
        "Nothing was removed: probably -a is missing, or a container uses each image that is left.",
        Fix((PRUNE,), "docker ps -a shows all containers, and which image each of them uses."),
    )


def _one_name_removed(check: Check, past: Past) -> Explanation | None:
    image = seen.image(past, check.image) if isinstance(check, ImageAbsent) else None
    if not isinstance(check, ImageAbsent) or image is None or not isinstance(past.now(ImageList()), Found):
        return None
    since_it_is_here = takewhile(lambda it: isinstance(it, Found), past.was(ImageNamed(check.image)))
    earlier = {
        name
        for was in since_it_is_here
        if isinstance(was, Found) and was.value.id == image.id
        for name in was.value.names
    }
    here = seen.names(past)
    gone = sorted(name for name in earlier - set(image.names) if not any(same(name, it) for it in here))
    if not gone:
        return None
    return Explanation(
        f"{gone[0]} was removed, but the same image is still here as {check.image}. "
        "An image goes with its last name; until then only names go.",
        Fix((f"docker image rm {check.image}",)),
    )


def _told_several_names(match: re.Match[str]) -> Explanation:
    return Explanation(
        f"The image {match['id']} has several names, so its id does not say which one to remove.",
        Fix(
            advice="docker image ls shows the names.\nRemove each of them with docker image rm NAME. "
            "The image goes with the last one."
        ),
    )


def _removed_too_early(check: Check, past: Past) -> Explanation | None:
    source, target = _source_and_target(check)
    name = target or source
    if not name or not isinstance(past.now(ImageNamed(name)), Absent) or not _was_here(past, name):
        return None
    if not isinstance(check, ImagePushed):
        return Explanation(f"{name} was here, but it was removed, and it is still needed.", check.fix(past))
    if not isinstance(past.now(StoredAt(name)), Absent) or trace.pushed(past, name) or past.last_found(StoredAt(name)):
        return None
    return Explanation(
        f"{name} was here, but it was removed before it was pushed, so it must be made again.", check.fix(past)
    )


def _source_and_target(check: Check) -> tuple[str, str]:
    """Which image the check wants here, and the second name it wants it to have."""
    match check:
        case ImagePresent():
            return check.image, ""
        case ImageTagged():
            return check.source, check.target
        case ImagePushed():
            return check.source, check.image
        case _:
            return "", ""


def _was_here(past: Past, name: str) -> bool:
    return past.last_found(ImageNamed(name)) is not None or trace.tagged(past, name) is not None


def _registry_image_removed(check: Check, past: Past) -> Explanation | None:
    if not isinstance(check, ContainerRuns) or not isinstance(past.now(ContainerNamed(check.name)), Absent):
        return None
    was, gone = past.last_found(ContainerNamed(check.name)), trace.destroyed(past, check.name)
    now = past.now(ImageList())
    if was is None or gone is None or not isinstance(now, Found):
        return None
    name = check.image if was.image.startswith("sha256:") else was.image
    if not matches(name, check.image) or any(matches(it, check.image) for it in seen.names(past)):
        return None
    held = "what it held is kept in its volume." if keeps_data(was) else "the new registry is empty, so push again."
    return Explanation(
        f"{check.name} was removed, so no container used its image {name} any more, and that was removed, too. "
        f"docker run fetches it again; {held}",
        once_more(was, name),
    )


DIAGNOSES = (
    Diagnosis(
        "image-in-use",
        "A container uses the image, so it is not removed.",
        _image_in_use,
        (
            r'conflict: unable to (?:remove repository reference "(?P<reference>[^"]+)"|delete (?P<id>\S+)) '
            r"\([^)]*\) - (?:container (?P<user>\w+) is using its referenced image"
            r"|image is being used by (?:running|stopped) container (?P<container>\w+))"
        ),
        _told_in_use,
    ),
    Diagnosis(
        "prune-without-all",
        "docker image prune without -a keeps images that have a name.",
        _prune_without_all,
        r"WARNING! This will remove all dangling images",
        _told_without_all,
    ),
    Diagnosis(
        "nothing-pruned",
        "docker image prune found nothing to remove.",
        message=r"\A\s*Total reclaimed space: 0B\s*\Z",
        told=_told_nothing_pruned,
    ),
    Diagnosis("one-name-removed", "One name was removed; the image has another.", _one_name_removed),
    Diagnosis(
        "image-has-several-names",
        "An image that has several names cannot be removed by its id.",
        message=r"conflict: unable to delete (?P<id>\S+) .*image is referenced in multiple repositories",
        told=_told_several_names,
    ),
    Diagnosis("removed-too-early", "The image was removed before its time.", _removed_too_early),
    Diagnosis(
        "registry-image-removed", "The registry's own image went, since its container did.", _registry_image_removed
    ),
)
