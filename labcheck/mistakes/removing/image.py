"""An image that is still here, though it should be gone."""

from __future__ import annotations

from itertools import takewhile

from labcheck.checks import ImageAbsent, NoContainerOf, trace
from labcheck.checks.origin import made_from
from labcheck.checks.whose import is_learners_own, removing
from labcheck.engine import ListedContainer
from labcheck.log import Look
from labcheck.mistake import Facts, facts, recognises
from labcheck.mistakes import seen
from labcheck.name import matches, same
from labcheck.past import Past
from labcheck.query import ContainerList, ImageList, ImageNamed
from labcheck.snapshot import Found, Unknown
from labcheck.verdict import Fix

PRUNE = "docker image prune -a -f"


@recognises("image-in-use", ImageAbsent, NoContainerOf)
def image_in_use(check: ImageAbsent | NoContainerOf, past: Past) -> Facts | None:
    """Containers are made from it."""
    using = _using(check, past)
    if not using:
        return None
    names = (it.name if it.image.startswith("sha256:") else f"{it.name} ({it.image})" for it in using)
    fix = removing(past, (it.name for it in using), *_removal(check, past))
    return facts(fix, names=" and ".join(names))


@recognises("prune-without-all", ImageAbsent)
def prune_without_all(check: ImageAbsent, past: Past) -> Facts | None:
    """Images were pruned since it has its name, and no container kept it."""
    if seen.image(past, check.image) is None:
        return None
    given = (trace.tagged(past, check.image), trace.pulled(past, check.image))
    named = max((event.at for event in given if event), default=0)
    if not any(pruned.at > named and not _was_in_use(check, pruned.before) for pruned in past.pruned):
        return None
    return facts(Fix(_removal(check, past)))


@recognises("one-name-removed", ImageAbsent)
def one_name_removed(check: ImageAbsent, past: Past) -> Facts | None:
    """It has had another name as well since it came here."""
    image = seen.image(past, check.image)
    if image is None or not isinstance(past.now(ImageList()), Found):
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
    return facts(gone=gone[0], image=check.image) if gone else None


def _removal(check: ImageAbsent | NoContainerOf, past: Past) -> tuple[str, ...]:
    """What removes the images: on a learner's own engine by their names, so that nothing else goes with them."""
    if not is_learners_own(past):
        return (PRUNE,)
    unwanted = check.images if isinstance(check, NoContainerOf) else (check.image,)
    names = [name for name in seen.names(past) if any(matches(name, image) for image in unwanted)]
    return (f"docker image rm {' '.join(names)}",) if names else ()


def _using(check: ImageAbsent | NoContainerOf, past: Past) -> tuple[ListedContainer, ...]:
    """The containers that keep the images which the check wants gone."""
    if isinstance(check, NoContainerOf):
        return check.using(seen.containers(past), past)
    image = seen.image(past, check.image)
    if image is None:
        return ()
    return tuple(it for it in seen.containers(past) if it.image_id == image.id or made_from(it, check.image, past))


def _was_in_use(check: ImageAbsent, before: Look) -> bool:
    """Whether a container kept the image, or may have, by the look before it was pruned: -a would keep it, too."""
    then = Past(0, look=before)
    return bool(_using(check, then)) or isinstance(then.now(ContainerList()), Unknown)
