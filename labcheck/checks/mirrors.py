"""Checks on a pull-through cache: what it passes on, and what it serves while its upstream is cut off.

A cache fetches what it is asked for. So labcheck asks one for no manifest: a look would fill what a learner is to fill.
It asks for the list of tags, which a cache passes on and does not keep; the rest the engine's events prove.
"""

from __future__ import annotations

from labcheck.check import Check, failed, passed, unseen
from labcheck.checks import trace
from labcheck.checks.transfer import FORGOTTEN, STILL, TAGGED, UNREPORTED, ImagePulled, untold
from labcheck.engine import Dialect
from labcheck.name import domain, parsed
from labcheck.past import Past, Told
from labcheck.query import ContainerList, ContainerNamed, EngineInfo, ImageList, ImageNamed, Ping, Query, Tags
from labcheck.snapshot import Absent, Found, Unknown
from labcheck.verdict import Finding, Outcome


class PassedOn(Check, frozen=True, kw_only=True, tag="passed-on"):
    """The registry lists this image, which nobody pushed to it: it passes on what its upstream has."""

    image: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"{domain(self.image)} passes on {self.image}"

    @property
    def queries(self) -> tuple[Query, ...]:
        """The tags it lists; what answers there; all containers, to see whose port it is."""
        return self._tags, Ping(domain(self.image)), ContainerList()

    def judge(self, past: Past) -> Finding:
        """Pass if it is listed, and was never pushed there."""
        expected = f"{self.image}, from the upstream of {domain(self.image)}"
        named = parsed(self.image)
        match past.now(self._tags):
            case Found(tags) if named and named.tag in tags:
                if trace.pushed(past, self.image):
                    return failed(expected, "it was pushed there, so it comes from no upstream")
                return passed("it is listed, and nobody pushed it there")
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _ if isinstance(past.now(Ping(domain(self.image))), Absent):
                return failed(expected, "nothing answers there")
            case _:
                return failed(expected, "the registry there has nothing of that name and tag")

    def recall(self, past: Past) -> Finding | None:
        """A pull of what nobody pushed proves it."""
        if trace.pulled(past, self.image) and not trace.pushed(past, self.image):
            return passed("it was pulled from there, and nobody had pushed it there, as the engine's events show")
        return None

    @property
    def _tags(self) -> Tags:
        named = parsed(self.image)
        return Tags(named.domain or "", named.path) if named else Tags("", "")


class PulledThrough(ImagePulled, frozen=True, kw_only=True, tag="pulled-through"):
    """The image was pulled from a cache, and it is the one that its upstream holds as ``source``."""

    source: str

    @property
    def held_as(self) -> str:
        """The name in the upstream."""
        return self.source


class ServedCutOff(Check, frozen=True, kw_only=True, tag="served-cut-off"):
    """The image was removed, and pulled again while the ``upstream`` of its registry, a container, did not run."""

    image: str
    upstream: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"{self.image} was served while {self.upstream} did not run"

    @property
    def queries(self) -> tuple[Query, ...]:
        """The image, the upstream's container, and whether this engine reports pulls at all."""
        return ImageNamed(self.image), ContainerNamed(self.upstream), ImageList(), EngineInfo()

    def judge(self, past: Past) -> Finding:
        """Pass if the pull that brought it came after the upstream had ended, and before it was started again."""
        expected = f"{self.image}, removed and pulled again while {self.upstream} did not run"
        info = past.now(EngineInfo())
        match past.now(ImageNamed(self.image)):
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case Found() if isinstance(info, Found) and not info.value.dialect.reports_pulls:
                return unseen(expected, "this engine does not report pulls")
            case Found():
                return self._judge(past, expected)
            case _:
                return failed(expected, "there is no image of that name")

    def recall(self, past: Past) -> Finding | None:
        """For an image that is gone, the engine's events prove the same."""
        found = self._judge(past, "")
        return found if found.outcome is Outcome.PASS else None

    def _judge(self, past: Past, expected: str) -> Finding:
        pull, tag = trace.brought(past, self.image), trace.given(past, self.image)
        since = max(pull.at if pull else past.began, tag.at if tag else 0)
        if pull is None or pull.at < since:
            if why := FORGOTTEN if any(gap >= since for gap in past.gaps) else untold(past, tag):
                return unseen(expected, why)
            proof = trace.dialect(past)
            if tag is None and not (isinstance(proof, Dialect) and proof.reports_others):
                return unseen(expected, UNREPORTED)
            return failed(expected, TAGGED if tag else "it was not pulled")
        ran, ended = (trace.last(past, kind, self.upstream, pull.at) for kind in ("container/start", "container/die"))
        if any(max(ran, ended) < gap < pull.at for gap in past.gaps):
            return unseen(expected, FORGOTTEN)
        return (
            passed(f"it came while {self.upstream} did not run")
            if ended > ran
            else self._too_early(past, pull, expected)
        )

    def _too_early(self, past: Past, pull: Told, expected: str) -> Finding:
        """Why no pull counts that came later than this one, which brought the image while the upstream ran."""
        newest = trace.pulled(past, self.image)
        if newest is None or newest.at <= pull.at:
            return failed(expected, f"{self.upstream} was not stopped before that, so it may have come from there")
        if trace.untagged(past, self.image, pull.at, newest.at):
            return unseen(
                expected, "nobody looked between its removal and the pull; remove all its names and pull it again"
            )
        return failed(expected, STILL)
