"""Checks on the engine's images."""

from __future__ import annotations

from typing import ClassVar

from labcheck.check import Check, failed, passed, unseen
from labcheck.checks import trace
from labcheck.checks.sameness import are_same
from labcheck.checks.whose import is_learners_own
from labcheck.engine import Image
from labcheck.past import Past
from labcheck.query import ContainerList, ImageList, ImageNamed, Query
from labcheck.snapshot import Absent, Found, Unknown
from labcheck.verdict import Finding, Fix


class ImagePresent(Check, frozen=True, kw_only=True, tag="image-present"):
    """The engine has an image of this name."""

    image: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"The image {self.image} is here"

    @property
    def queries(self) -> tuple[Query, ...]:
        """The image; and all images, to see what else was pulled."""
        return ImageNamed(self.image), ImageList()

    def judge(self, past: Past) -> Finding:
        """Pass if it is there."""
        expected = f"an image called {self.image}"
        match past.now(ImageNamed(self.image)):
            case Found():
                return passed(f"{self.image} is here")
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return failed(expected, "there is no image of that name")

    def recall(self, past: Past) -> Finding | None:
        """For an image that is gone, the engine's events prove that it was pulled."""
        if trace.pulled(past, self.image):
            return passed(f"{self.image} was pulled, as the engine's events show")
        return None

    def fix(self, past: Past) -> Fix:  # noqa: ARG002 - it is the same whatever was seen
        """Pull it."""
        return Fix((f"docker pull {self.image}",))


class ImageAbsent(Check, frozen=True, kw_only=True, tag="image-absent"):
    """The engine has no image of this name."""

    demands_absence: ClassVar[bool] = True

    image: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"The image {self.image} is removed"

    @property
    def queries(self) -> tuple[Query, ...]:
        """The image; and all containers, since an image that is in use stays."""
        return ImageNamed(self.image), ContainerList(), ImageList()

    def judge(self, past: Past) -> Finding:
        """Pass if there is none."""
        expected = f"no image called {self.image}"
        match past.now(ImageNamed(self.image)):
            case Found():
                return failed(expected, "it is still here")
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return passed("it is gone")

    def recall(self, past: Past) -> Finding | None:
        """For an image that was removed and is here again, a removal event after it was named proves it."""
        named = trace.tagged(past, self.image)
        if named and any(moment > named.at for moment in trace.removals(past, self.image)):
            return passed(f"{self.image} was removed, as the engine's events show")
        return None

    def fix(self, past: Past) -> Fix:
        """Remove it by name if pruning could remove images that are not the lab's."""
        return Fix((f"docker image rm {self.image}",)) if is_learners_own(past) else Fix()


class ImageTagged(Check, frozen=True, kw_only=True, tag="image-tagged"):
    """Both names belong to the same image."""

    source: str
    target: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"{self.target} is a second name of {self.source}"

    @property
    def queries(self) -> tuple[Query, ...]:
        """Both names; and all images, to see what else was tagged."""
        return ImageNamed(self.source), ImageNamed(self.target), ImageList()

    def judge(self, past: Past) -> Finding:
        """Pass if both are there and are one image."""
        expected = f"{self.target}, the same image as {self.source}"
        source, target = past.now(ImageNamed(self.source)), past.now(ImageNamed(self.target))
        match source, target:
            case Found(one), Found(other):
                match are_same(one, other):
                    case True:
                        return passed("both are the same image")
                    case None:
                        return unseen(expected, "one of the two is not all here, so they cannot be compared")
                    case False:
                        return failed(expected, f"{self.target} is a different image from {self.source}")
            case (Unknown() as unknown, _) | (_, Unknown() as unknown):
                return unseen(expected, unknown)
            case Absent(), _:
                return failed(expected, f"there is no image called {self.source}")
            case _:
                return failed(expected, f"there is no image called {self.target}")

    def recall(self, past: Past) -> Finding | None:
        """For a name that is gone, the tag event has the image's id, which a look must have seen as the source's."""
        event = trace.tagged(past, self.target)
        if event is None:
            return None
        source = past.last_found(ImageNamed(self.source))
        if source is None:
            return unseen(f"a look at {self.source} while it was here", "nobody looked before it was removed")
        named = past.last_found(ImageNamed(self.target))
        if event.actor == source.id or (named and are_same(named, source)):
            return passed("the engine's events show it")
        # A build gives the same image another id.
        if named is None:
            return unseen(f"a look at {self.target} while it was here", "nobody looked before it was removed")
        return None

    def fix(self, past: Past) -> Fix:
        """Give the source its second name; if the source is not here, pull it first."""
        tag = f"docker image tag {self.source} {self.target}"
        if isinstance(past.now(ImageNamed(self.source)), Absent):
            return Fix((f"docker pull {self.source}", tag))
        return Fix((tag,))


class ImageLoaded(Check, frozen=True, kw_only=True, tag="image-loaded"):
    """The image's name was removed, and came back from an archive: ``docker load``, from no registry."""

    image: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"{self.image} is here, loaded from a file"

    @property
    def queries(self) -> tuple[Query, ...]:
        """The image."""
        return ImageNamed(self.image), ImageList()

    def judge(self, past: Past) -> Finding:
        """Pass if it was loaded after its name had been removed, and was neither pulled nor tagged since."""
        expected = f"{self.image}, removed and loaded again"
        match past.now(ImageNamed(self.image)):
            case Found(image):
                return self._origin(past, image, expected)
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return failed(expected, "there is no image of that name")

    def _origin(self, past: Past, image: Image, expected: str) -> Finding:
        given = max(
            (it.at for it in (trace.tagged(past, self.image), trace.brought(past, self.image)) if it), default=0
        )
        load = max(trace.loads(past, image), default=0)
        if load > given and any(given < gone < load for gone in trace.removals(past, self.image)):
            return passed("it was loaded")
        if any(gap >= given for gap in past.gaps):
            return unseen(expected, "the engine has forgotten what happened; remove it and load it again")
        if load > given:
            return failed(expected, "it was still here when it was loaded, so nothing was transferred")
        return failed(expected, "it was not loaded")
