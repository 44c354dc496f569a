"""One look in progress: sends each query to the engine or to a registry, and keeps what is relevant of the answer.

The only place where queries are answered. A kind of query that is not here cannot be asked.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, MutableMapping
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote

import msgspec

from labcheck.cause import InvalidReference, NotAsked, UnexpectedAnswer
from labcheck.document import Document, text, texts
from labcheck.evidence_fields import INSPECTED_CONTAINER, VOLUME
from labcheck.loopback import is_local
from labcheck.name import parsed
from labcheck.observe import docker_files
from labcheck.observe.deadline import Deadline
from labcheck.observe.docker_files import FILES
from labcheck.observe.engine.api import Engine
from labcheck.observe.engine.failures import WHO
from labcheck.observe.registry.cache import RegistryCache
from labcheck.observe.relevance import Relevance, reduced
from labcheck.observe.trouble import CannotLook
from labcheck.query import (
    BlobAt,
    Catalog,
    Certificate,
    ContainerList,
    ContainerNamed,
    Deleting,
    EngineInfo,
    FileQuery,
    ImageList,
    ImageNamed,
    LoginList,
    PageAt,
    PageStored,
    Ping,
    Query,
    RegistryQuery,
    StoredAt,
    Tags,
    TrustList,
    VolumeNamed,
)
from labcheck.snapshot import Absent, Evidence, Found

if TYPE_CHECKING:
    from labcheck.observe.http.client import Client
    from labcheck.observe.registry.api import Registry
    from labcheck.reference import Reference

Asked: TypeAlias = ContainerList | ContainerNamed | ImageList | ImageNamed | VolumeNamed | RegistryQuery | FileQuery
"""Every query except the engine's identity, which is always asked first."""


def asked(query: Asked) -> str:
    """What the query asks, in a learner's words."""
    match query:
        case (
            Ping(domain)
            | Certificate(domain)
            | Catalog(domain)
            | Tags(domain)
            | BlobAt(domain)
            | Deleting(domain)
            | PageAt(domain)
        ):
            return domain
        case LoginList() | TrustList():
            return FILES
        case StoredAt(reference) | PageStored(reference):
            named = parsed(reference)
            return named.domain if named else reference
        case _:
            return WHO


def all_asked(queries: Iterable[Query]) -> dict[str, list[Asked]]:
    """The queries to ask for these, each once, grouped by server, in the order of :func:`_rank`."""
    wanted: dict[Asked, None] = {query: None for query in queries if not isinstance(query, EngineInfo)}
    if ContainerList() in wanted:
        wanted[ImageList()] = None  # a container may be relevant because of its image
    servers: dict[str, list[Asked]] = {}
    for query in sorted(wanted, key=_rank):
        servers.setdefault(asked(query), []).append(query)
    return servers


def _rank(query: Asked) -> int:
    """What takes longest comes first, and the engine's lists: what is in none of them is not asked for.

    Pings come last: another answer may make them unnecessary.
    """
    first = StoredAt | PageStored | ContainerList | ImageList
    return 0 if isinstance(query, first) else 2 if isinstance(query, Ping) else 1


Seen: TypeAlias = Callable[[Relevance], Evidence[Document]]
"""An answer, to be read once it is known what is relevant to the lab. Raises :class:`CannotLook`."""


class Dispatch(msgspec.Struct):
    """One look: the engine, the registries, and their deadline."""

    engine: Engine
    client: Client
    schemes: MutableMapping[str, str]
    deadline: Deadline
    cache: RegistryCache
    _greetings: dict[str, Document] = msgspec.field(default_factory=dict)
    _inspected: list[object] = msgspec.field(default_factory=list)
    _listed_images: list[object] | CannotLook | None = None
    _image_names: Container[Reference | None] | None = None
    _container_names: Container[str] | None = None
    """Which names there are, once the engine has listed all: what has none of them is not there."""

    def ask(self, query: Asked) -> Seen:  # noqa: PLR0911 - one line for each kind of query
        """The answer to this query; raises :class:`CannotLook` if we could not look."""
        self._refuse_elsewhere(query)
        match query:
            case ContainerList():
                return self._containers()
            case ContainerNamed(name):
                return _as_it_is(self._container(name))
            case ImageList():
                return self._images()
            case ImageNamed(reference):
                return self._image(reference)
            case VolumeNamed(name):
                return _as_it_is(self._volume(name))
            case LoginList():
                return docker_files.logins()
            case TrustList():
                return docker_files.trust()
            case _:
                return _as_it_is(self._of_registry(query))

    def _refuse_elsewhere(self, query: Asked) -> None:
        """The localhost that a learner types is the one of the engine's machine, and so are the engine's files."""
        endpoint = self.engine.endpoint
        if endpoint is None or not endpoint.is_elsewhere:
            return
        server = asked(query)
        if isinstance(query, TrustList) or is_local(server.rpartition(":")[0].strip("[]") or server):
            what = "Whom the engine trusts is known" if isinstance(query, TrustList) else f"{server} is"
            raise CannotLook(f"{what} on the engine's machine, and labcheck is on another one.", NotAsked())

    def _of_registry(self, query: RegistryQuery) -> Evidence[Document]:  # noqa: PLR0911 - as above
        match query:
            case Ping(domain):
                return self._ping(domain)
            case Certificate(domain):
                return self._certificate(domain)
            case Catalog(domain):
                return self._listed(domain, lambda registry: registry.catalog())
            case Tags(domain, repository):
                return self._listed(domain, lambda registry: registry.tags(repository))
            case StoredAt(reference):
                return self._stored(reference)
            case BlobAt(domain, repository, digest):
                return self._blob(domain, repository, digest)
            case Deleting(domain):
                return self._registry(domain).deleting()
            case PageStored():
                return self._page_stored(query)
            case PageAt(domain, words):
                return self._page(domain, words)

    def _containers(self) -> Seen:
        rows = self._rows("/containers/json", all="1")
        self._container_names = {name for row in rows for name in texts(row, "Names")}
        return lambda relevance: Found(relevance.containers(rows, [] if relevance.everything else self._all_images()))

    def _container(self, name: str) -> Evidence[Document]:
        if self._container_names is not None and f"/{name}" not in self._container_names:
            return Absent()
        found = self.engine.find(f"/containers/{quote(name, safe='')}/json", self.deadline)
        # The engine also accepts the beginning of an id.
        if text(found, "Name") != f"/{name}":
            return Absent()
        return Found(reduced(found, INSPECTED_CONTAINER))

    def _images(self) -> Seen:
        try:
            self._listed_images = images = self._rows("/images/json")
        except CannotLook as trouble:
            self._listed_images = trouble
            raise
        self._image_names = {parsed(name) for row in images for name in texts(row, "RepoTags")}
        return lambda relevance: Found(relevance.images(images))

    def _all_images(self) -> list[object]:
        if isinstance(self._listed_images, list):
            return self._listed_images
        raise self._listed_images or self.deadline.trouble(WHO)

    def _rows(self, path: str, **params: str) -> list[object]:
        rows = self.engine.get(path, self.deadline, **params)
        if not isinstance(rows, list):
            raise CannotLook(f"{WHO} gave an answer that labcheck does not understand.", UnexpectedAnswer())
        return rows

    def _image(self, reference: str) -> Seen:
        named = parsed(reference)
        if self._image_names is not None and named and not named.digest and named not in self._image_names:
            return _as_it_is(Absent())
        # An image lists all its names: under each of them it is the same image.
        found = next((it for it in self._inspected if named and named in map(parsed, texts(it, "RepoTags"))), None)
        if found is None:
            # A full name is never taken for the beginning of an id.
            found = self.engine.find(f"/images/{named or quote(reference, safe='')}/json", self.deadline)
            self._inspected += [found] if found is not None else []
        return lambda relevance: Absent() if found is None else Found(relevance.image(found))

    def _listed(self, domain: str, ask: Callable[[Registry], Evidence[Document]]) -> Evidence[Document]:
        registry = self._registry(domain)
        try:
            return ask(registry)
        finally:
            if registry.greeting is not None:
                self._greetings[domain] = registry.greeting

    def _ping(self, domain: str) -> Evidence[Document]:
        greeting = self._greetings.get(domain)
        return self._registry(domain).ping() if greeting is None else Found(greeting)

    def _certificate(self, domain: str) -> Evidence[Document]:
        from labcheck.observe.registry.certificate import certificate  # noqa: PLC0415 - few labs ask for one

        return certificate(domain, self.deadline)

    def _stored(self, reference: str) -> Evidence[Document]:
        named = _named(reference)
        from labcheck.observe.registry.stored import stored  # noqa: PLC0415 - the first lab asks no registry

        return stored(self._registry(named.domain), named, self.cache)

    def _blob(self, domain: str, repository: str, digest: str) -> Evidence[Document]:
        from labcheck.observe.registry.repository import Repository  # noqa: PLC0415 - as above

        return Repository(self._registry(domain), repository, self.cache).blob(digest)

    def _volume(self, name: str) -> Evidence[Document]:
        found = self.engine.find(f"/volumes/{quote(name, safe='')}", self.deadline, key="Name")
        return Absent() if found is None else Found(reduced(found, VOLUME))

    def _page_stored(self, query: PageStored) -> Evidence[Document]:
        named = _named(query.reference)
        from labcheck.observe.registry.page_file import page_stored  # noqa: PLC0415 - most labs ask for no file

        return page_stored(self._registry(named.domain), named, query, self.cache)

    def _page(self, domain: str, words: str) -> Evidence[Document]:
        from labcheck.observe.http.page import page  # noqa: PLC0415 - most labs ask for no page

        return page(domain, words, self.client)

    def _registry(self, domain: str) -> Registry:
        from labcheck.observe.registry.api import Registry  # noqa: PLC0415 - the first lab asks no registry

        return Registry(domain, self.client, self.schemes)


def _named(reference: str) -> Reference:
    """The reference, read; raises :class:`CannotLook`."""
    named = parsed(reference)
    if named is None:
        raise CannotLook(f"{reference} is not an image reference.", InvalidReference())
    return named


def _as_it_is(seen: Evidence[Document]) -> Seen:
    """An answer that is relevant on any engine."""
    return lambda _: seen
