"""An image that is gone, though it is still needed."""

from __future__ import annotations

from labcheck.checks import ContainerRuns, ImagePresent, ImageTagged, Pushed, trace
from labcheck.mistake import Facts, facts, recognises
from labcheck.mistakes import seen
from labcheck.mistakes.rerun import keeps_data, once_more
from labcheck.name import matches
from labcheck.past import Past
from labcheck.query import ContainerNamed, ImageList, ImageNamed, StoredAt
from labcheck.snapshot import Absent, Found


@recognises("removed-too-early", ImagePresent, ImageTagged, Pushed)
def removed_too_early(check: ImagePresent | ImageTagged | Pushed, past: Past) -> Facts | None:
    """The image was here by this name."""
    name = check.target if isinstance(check, ImageTagged) else check.image
    was_here = past.last_found(ImageNamed(name)) is not None or trace.tagged(past, name) is not None
    if not was_here or not isinstance(past.now(ImageNamed(name)), Absent):
        return None
    if isinstance(check, Pushed) and not _was_never_there(name, past):
        return None
    return facts(check.fix(past), name=name, pushed=isinstance(check, Pushed))


@recognises("registry-image-removed", ContainerRuns)
def registry_image_removed(check: ContainerRuns, past: Past) -> Facts | None:
    """The container was removed, and its image is not here any more."""
    was, gone = past.last_found(ContainerNamed(check.name)), trace.destroyed(past, check.name)
    if was is None or gone is None or not isinstance(past.now(ContainerNamed(check.name)), Absent):
        return None
    name = check.image if was.image.startswith("sha256:") else was.image
    is_here = any(matches(it, check.image) for it in seen.names(past))
    if is_here or not matches(name, check.image) or not isinstance(past.now(ImageList()), Found):
        return None
    return facts(once_more(was, name), name=check.name, image=name, kept=keeps_data(was))


def _was_never_there(name: str, past: Past) -> bool:
    """Whether the registry has nothing of this name, and was never seen to have, nor pushed to."""
    pushed = trace.pushed(past, name) or past.last_found(StoredAt(name))
    return not pushed and isinstance(past.now(StoredAt(name)), Absent)
