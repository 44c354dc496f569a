"""Logs -> the same without the names that no lab handed in is about: what else is on a machine is nobody's business.

On the course's own engine everything is named in evidence, so that a mistyped name can be recognised. So a name stays
if it is nearly one of a lab's, or its last part is: ``my-registry/nginx``, ``localhost:5001/ngnix``. What is left out
is counted, as on a learner's own engine; where an image had another name, a dash stands for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import reduce
from operator import or_

from msgspec.structs import replace

from labcheck.cached import cached_property
from labcheck.digest import digest_of
from labcheck.document import Document, items, mapping, number, texts
from labcheck.engine.info import BIRTH_LABEL, COURSE_LABEL
from labcheck.evidence import canonical
from labcheck.log import Entry, Happened, Log, Look
from labcheck.name import parsed
from labcheck.observe.relevance import Relevance
from labcheck.query import ContainerList, EngineInfo, ImageList, ImageNamed, LoginList, Subject, TrustList
from labcheck.snapshot import Answer, Snapshot

LIKE = 0.7
"""How alike two names are, from 0 to 1, one of which may be the other, mistyped."""
HIDDEN = "-"
"""Stands for another name of an image; no image can be called that."""

NAMES = ("RepoTags", "RepoDigests")


class Related(Relevance, frozen=True, dict=True):
    """What may be one of the labs' names, also if it is mistyped."""

    def about(self, name: str) -> bool:
        """Whether this is, or nearly is, the name of one of their images, or is in one of their registries."""
        reference = parsed(name)
        if reference is None:
            return False
        known = reference.name in self.subject.repositories or reference.domain in self.subject.domains
        return known or _is_like(_last(reference.name), self._last)

    def is_registry(self, domain: str) -> bool:
        """Whether this is, or nearly is, one of their registries."""
        return _is_like(domain, self.subject.domains)

    @cached_property
    def _last(self) -> frozenset[str]:
        return frozenset(map(_last, self.subject.repositories))


class Redaction:
    """Leaves out of logs what labs about these subjects are not about."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        self._related = Related(reduce(or_, subjects, Subject()))
        self.redacted: dict[str, dict[str, object]] = {}
        """Each redacted document, by the digest of the one that was filed."""

    def log(self, log: Log) -> Log:
        """The log without other names."""
        return replace(log, entries=tuple(map(self._entry, log.entries)))

    def _entry(self, entry: Entry) -> Entry:
        match entry:
            case Look():
                return replace(entry, snapshot=self._snapshot(entry.snapshot))
            case Happened(document):
                return Happened(self._kept(document, self._related.event(document)))
            case _:
                return entry

    def _snapshot(self, snapshot: Snapshot) -> Snapshot:
        images = [image for answer in snapshot.answers for image in _images(answer)]
        return Snapshot(tuple(self._answer(answer, images) for answer in snapshot.answers))

    def _answer(self, answer: Answer, images: list[object]) -> Answer:
        if answer.found is None:
            return answer
        return replace(answer, found=self._kept(answer.found, self._only(answer, answer.found, images)))

    def _only(self, answer: Answer, seen: Document, images: list[object]) -> Document:  # noqa: PLR0911 - one line for each query
        related = self._related
        match answer.query:
            case ContainerList():
                rows = items(seen, "listed")
                return _counted(seen, "listed", items(related.containers(rows, images), "listed"))
            case ImageList():
                named = map(self._image, items(seen, "listed"))
                return _counted(seen, "listed", [image for image in named if _is_named(image)])
            case ImageNamed():
                return self._image(seen)
            case LoginList():
                names = texts(seen, "registries")
                return _counted(seen, "registries", [name for name in names if related.is_registry(name)])
            case TrustList():
                folders = mapping(seen, "folders").items()
                return {**seen, "folders": {name: files for name, files in folders if related.is_registry(name)}}
            case EngineInfo():
                ours = [it for it in texts(seen, "Labels") if it.startswith((COURSE_LABEL, BIRTH_LABEL))]
                return {**seen, "Labels": ours} if "Labels" in seen else seen
            case _:
                return seen

    def _image(self, image: object) -> Document:
        seen = mapping(image)
        return {**seen, **{key: [self._name(name) for name in texts(seen, key)] for key in NAMES if key in seen}}

    def _name(self, name: str) -> str:
        return name if "<none>" in name or self._related.about(name) else HIDDEN

    def _kept(self, filed: Document, redacted: Document) -> dict[str, object]:
        """What is left of a document that was filed; several entries may have the same."""
        body = canonical(redacted)
        if body == canonical(filed):
            return dict(filed)
        return self.redacted.setdefault(digest_of(canonical(filed)), dict(redacted))


def _images(answer: Answer) -> list[object]:
    if isinstance(answer.query, ImageNamed):
        return [answer.found] if answer.found else []
    return items(answer.found, "listed") if isinstance(answer.query, ImageList) else []


def _is_named(image: Document) -> bool:
    """Whether it still has a name, or never had any."""
    names = {name for key in NAMES for name in texts(image, key)}
    return not names or names != {HIDDEN}


def _counted(seen: Document, key: str, kept: list[object] | list[Document] | list[str]) -> Document:
    """With only these; the others are counted."""
    return {**seen, key: kept, "others": number(seen, "others") + len(items(seen, key)) - len(kept)}


def _last(repository: str) -> str:
    return repository.rpartition("/")[2]


def _is_like(name: str, names: Iterable[str]) -> bool:
    return name in names or bool(get_close_matches(name, names, n=1, cutoff=LIKE))
