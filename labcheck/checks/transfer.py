"""Checks that span the engine and a registry: what was pushed, and what was pulled back."""

from __future__ import annotations

from labcheck.check import Check, failed, passed, unseen
from labcheck.checks import trace
from labcheck.checks.sameness import instead, is_same
from labcheck.engine import Image
from labcheck.name import domain, parsed
from labcheck.oci import Stored
from labcheck.past import Past, Told
from labcheck.query import Catalog, EngineInfo, ImageList, ImageNamed, Query, StoredAt, Tags
from labcheck.snapshot import Absent, Found, Unknown
from labcheck.verdict import Finding, Fix, Outcome

STILL = "it was still here when it was pulled, so nothing was transferred"
UNTOLD = "it was gone and came back, and the engine does not say how; remove it and pull it again"
FORGOTTEN = "the engine has forgotten what happened; remove it and pull it again"
UNREPORTED = "no pull is reported, but this engine does not report what buildah does; remove it and pull it again"
UNCLEAR = "it was loaded from a file before it was pulled, under a name that nobody saw; remove it and pull it again"
LOADED = "it was loaded, and the engine does not say where its file came from; remove it and have the engine pull it"
TAGGED = "it was tagged, not pulled"


class Pushed(Check, frozen=True, kw_only=True):
    """What checks of a push have in common: the image, by its name in the registry."""

    image: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"The registry holds {self.image}"

    @property
    def queries(self) -> tuple[Query, ...]:
        """What the registry holds; the engine's image of that name; what else both have."""
        queries: tuple[Query, ...] = StoredAt(self.image), ImageNamed(self.image), ImageList()
        reference = parsed(self.image)
        if reference and reference.domain:
            queries += (Catalog(reference.domain), Tags(reference.domain, reference.path))
        return queries

    def recall(self, past: Past) -> Finding | None:
        """For a push that no look saw, to a registry that is gone now: no event says what it held."""
        event = trace.pushed(past, self.image)
        if event and not isinstance(past.now(StoredAt(self.image)), Found) and not self.is_listed(past):
            return unseen(f"a look at the registry after the push of {event.actor}", "nobody looked in time")
        return None

    def is_listed(self, past: Past) -> bool:
        """Whether the registry lists this tag, whether or not it holds what the tag stands for."""
        reference = parsed(self.image)
        tags = past.now(Tags(reference.domain, reference.path)) if reference and reference.domain else None
        return isinstance(tags, Found) and reference is not None and reference.tag in tags.value


class ImagePushed(Pushed, frozen=True, kw_only=True, tag="image-pushed"):
    """The registry holds this image, complete, and it is the same image as the engine's ``source``."""

    source: str

    @property
    def queries(self) -> tuple[Query, ...]:
        """As for every push; and the engine's image that it must be."""
        return (*super().queries, ImageNamed(self.source))

    def judge(self, past: Past) -> Finding:
        """Pass if every blob is there, and it is the image that the source was when it was last seen."""
        expected = f"{self.image} in the registry, the same image as {self.source}"
        match past.now(StoredAt(self.image)):
            case Found(stored):
                local = past.last_found(ImageNamed(self.source)) or past.last_found(ImageNamed(self.image))
                return self._compared(local, stored, past, expected)
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return failed(expected, "the registry holds nothing of that name and tag")

    def _compared(self, local: Image | None, stored: Stored, past: Past, expected: str) -> Finding:
        """What it holds, compared with the image of the engine."""
        if stored.missing:
            return failed(expected, f"it is there, but {len(stored.missing)} of its parts are missing")
        if local is None:
            return unseen(expected, f"nobody looked while {self.source} was here, so they cannot be compared")
        if holds := instead(stored, local):
            return failed(expected, f"it holds {holds} there")
        match is_same(local, stored):
            case True:
                return passed(f"the registry holds {self.image}")
            case None:
                return unseen(expected, f"{self.source} is not all here, so they cannot be compared")
            case False:
                actual = f"what it holds there is a different image from {self.source}"
                return _failed_by(past.now(ImageNamed(self.source)), expected, actual)

    def fix(self, past: Past) -> Fix:
        """Push it, after recreating it if it is not here."""
        return Fix((*self._back(past), f"docker push {self.image}"))

    def _back(self, past: Past) -> tuple[str, ...]:
        """The commands that bring the image to push back if it is no longer here."""
        if isinstance(past.now(ImageNamed(self.image)), Found):
            return ()
        tag = f"docker image tag {self.source} {self.image}"
        return (tag,) if isinstance(past.now(ImageNamed(self.source)), Found) else (f"docker pull {self.source}", tag)


class ImagePulled(Check, frozen=True, kw_only=True, tag="image-pulled"):
    """The image was pulled from its registry after its name had been removed, and it is the one that was pushed."""

    image: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"{self.image} is here, pulled from {domain(self.image)}"

    @property
    def held_as(self) -> str:
        """Under which name a registry is asked for it."""
        return self.image

    @property
    def queries(self) -> tuple[Query, ...]:
        """The image, what the registry holds, and whether this engine reports pulls at all."""
        return ImageNamed(self.image), self._stored, ImageList(), EngineInfo()

    def judge(self, past: Past) -> Finding:
        """Pass if a removal, then a pull, and no tagging since are proved, and it is the image that was pushed."""
        expected = f"{self.image}, removed and pulled again from {domain(self.image)}"
        match past.now(ImageNamed(self.image)):
            case Found(image):
                origin, content = self._origin(past, image, expected), self._content(past, image, expected)
                is_other = content.outcome is Outcome.FAIL and origin and origin.outcome is Outcome.INCONCLUSIVE
                return content if origin is None or is_other else origin
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _ if trace.pulled_by_digest(past, self.image):
                return failed(expected, "it was pulled by its digest, which gives it no tag")
            case _:
                return failed(expected, "there is no image of that name")

    def fix(self, past: Past) -> Fix:
        """Pull it; if its name was given in another way, take that away first. Tag it if only its tag is missing."""
        is_absent = isinstance(past.now(ImageNamed(self.image)), Absent)
        if is_absent and (name := trace.pulled_by_digest(past, self.image)):
            return Fix((f"docker image tag {name} {self.image}",))
        given, pull = trace.given(past, self.image), trace.pulled(past, self.image)
        is_here = isinstance(past.now(ImageNamed(self.image)), Found)
        is_given = is_here and given is not None and (pull is None or pull.at < given.at)
        remove = (f"docker image rm {self.image}",) if is_given else ()
        return Fix((*remove, f"docker pull {self.image}"))

    def _origin(self, past: Past, image: Image, expected: str) -> Finding | None:
        """The finding that speaks against a pull from there; ``None`` if nothing does."""
        info = past.now(EngineInfo())
        if isinstance(info, Found) and not info.value.dialect.reports_pulls:
            return unseen(expected, "this engine does not report pulls")
        tag, pull = trace.given(past, self.image), trace.pulled(past, self.image)
        other = trace.fetched(past, self.image, image)
        if tag and tag.actor == image.id and other and other.at < tag.at:
            # It was pulled by another tag or by digest and then tagged: what counts is when it was pulled.
            tag, pull = trace.given(past, self.image, before=other.at), other
        given = tag.at if tag else past.began
        if pull is None or pull.at < given:
            if why := FORGOTTEN if any(gap >= given for gap in past.gaps) else untold(past, tag):
                return unseen(expected, why)
            if tag is None and isinstance(info, Found) and not info.value.dialect.reports_others:
                return unseen(expected, UNREPORTED)
            return _failed_by(info, expected, TAGGED if tag else "it was not pulled")
        gone = max((at for at in trace.removals(past, self.image) if given < at < pull.at), default=0)
        is_loaded = any(gone < load < pull.at for load in trace.loads(past, image))
        if gone:
            return unseen(expected, UNCLEAR) if is_loaded else None
        why = FORGOTTEN if any(given <= gap <= pull.at for gap in past.gaps) else untold(past, tag)
        return unseen(expected, why) if why else failed(expected, STILL)

    def _content(self, past: Past, image: Image, expected: str) -> Finding:
        stored = past.last_found(self._stored)
        if stored is None:
            return unseen(expected, "nobody looked at the registry after the push, so they cannot be compared")
        same = None if instead(stored, image) else is_same(image, stored)
        if same is None:
            return unseen(expected, "what the registry holds now cannot be compared with it")
        if same:
            return passed(f"{self.image} was pulled from {domain(self.image)}")
        now = past.now(self._stored)
        return _failed_by(now, expected, "it is not the image that was pushed")

    @property
    def _stored(self) -> StoredAt:
        return StoredAt(self.held_as)


def untold(past: Past, given: Told | None) -> str:
    """Why nothing is proved of a name that came back, where no event says how; else the empty string.

    A load does not say where its file came from: ``docker save`` wrote it, or skopeo or crane got it from a registry.
    """
    if given is None or (given.kind == "image/tag" and not trace.made(past, given)):
        return ""
    is_loaded = any(it.actor == given.actor for it in past.events("image/load"))
    return LOADED if is_loaded else UNTOLD


def _failed_by(evidence: object, expected: str, actual: str) -> Finding:
    """The failure that this evidence proves; inconclusive if it could not be looked at."""
    return unseen(expected, evidence) if isinstance(evidence, Unknown) else failed(expected, actual)
