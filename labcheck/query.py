"""The questions a check may ask of the engine and of a registry.

Each is a value, so a query that two checks share is asked once. Each reads its own answer, and says what an absent
answer means. :mod:`labcheck.observe` does the asking.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeAlias, TypeVar

import msgspec

from labcheck.document import Document, items, mapping, number, text, texts, truth
from labcheck.engine import Container, Image, Info, ListedContainer
from labcheck.oci import Stored

Answer_co = TypeVar("Answer_co", covariant=True)


class Reads(Protocol[Answer_co]):
    """What all queries have in common: they read their own answer."""

    def read(self, document: Document) -> Answer_co:
        """The answer, as a view over the document that was observed."""
        ...


class _Query(msgspec.Struct, frozen=True, cache_hash=True, tag_field="ask", rename="kebab"):
    pass


class Containers(msgspec.Struct, frozen=True):
    """All containers: those that belong to what the lab is about, and how many others there are."""

    listed: tuple[ListedContainer, ...]
    others: int


class Images(msgspec.Struct, frozen=True):
    """All images: those that belong to what the lab is about, and how many others there are."""

    listed: tuple[Image, ...]
    others: int

    @property
    def count(self) -> int:
        """How many images there are in all."""
        return len(self.listed) + self.others


class WebPage(msgspec.Struct, frozen=True):
    """What a web server answered: the status, and whether the words that were asked for are on the page."""

    status: int
    says: bool


class Pong(msgspec.Struct, frozen=True):
    """What answered at a registry's address."""

    is_registry: bool
    status: int
    server: str


class Shown(msgspec.Struct, frozen=True):
    """What a server shows to prove who it is: its certificate, if it speaks TLS at all.

    ``flaw`` is empty if the certificate is valid today for the name by which the server was called. ``is_trusted``:
    Docker accepts it, so it is valid, too.
    """

    is_tls: bool
    is_trusted: bool
    flaw: str
    names: tuple[str, ...]


class Logins(msgspec.Struct, frozen=True):
    """For which registries the ``docker`` command has a login, and how many others; never what the login is."""

    registries: tuple[str, ...]
    others: int


class KeptBlob(msgspec.Struct, frozen=True):
    """What a registry says of a blob, and whether it still has the bytes.

    A registry remembers which blobs it had. After a garbage collection it answers for them until it is restarted,
    and has nothing to send (distribution#1803).
    """

    size: int
    has_bytes: bool


class EngineInfo(_Query, frozen=True, tag="engine-info"):
    """What is the engine? Never absent: an engine that does not answer is one we could not ask."""

    def read(self, document: Document) -> Info:
        """What the engine says about itself."""
        return Info(document)


class ContainerList(_Query, frozen=True, tag="container-list"):
    """Which containers are there, running or not? Never absent: without containers it is an empty list."""

    def read(self, document: Document) -> Containers:
        """The containers as in ``docker ps -a``."""
        listed = tuple(ListedContainer(entry) for entry in items(document, "listed") if isinstance(entry, dict))
        return Containers(listed, number(document, "others"))


class ContainerNamed(_Query, frozen=True, tag="container"):
    """What is the container of this name? Absent: the engine has none of that name, running or not."""

    name: str

    def read(self, document: Document) -> Container:
        """The container as in ``docker inspect``."""
        return Container(document)


class ImageList(_Query, frozen=True, tag="image-list"):
    """Which images are there? Never absent: without images it is an empty list."""

    def read(self, document: Document) -> Images:
        """The images as in ``docker image ls``."""
        listed = tuple(Image(entry) for entry in items(document, "listed") if isinstance(entry, dict))
        return Images(listed, number(document, "others"))


class ImageNamed(_Query, frozen=True, tag="image"):
    """What is the engine's image of this reference? Absent: the engine has no image of that name."""

    reference: str

    def read(self, document: Document) -> Image:
        """The image as in ``docker image inspect``."""
        return Image(document)


class VolumeNamed(_Query, frozen=True, tag="volume"):
    """Is there a volume of this name? Absent: the engine has none of that name."""

    name: str

    def read(self, document: Document) -> str:
        """Its name."""
        return text(document, "Name")


class Ping(_Query, frozen=True, tag="ping"):
    """What answers at this domain? Absent: nothing, the connection was refused."""

    domain: str

    def read(self, document: Document) -> Pong:
        """What answered."""
        return Pong(truth(document, "registry"), number(document, "status"), text(document, "server"))


class Certificate(_Query, frozen=True, tag="certificate"):
    """Which certificate does the server at this domain show? Absent: nothing answers there."""

    domain: str

    def read(self, document: Document) -> Shown:
        """What it shows."""
        said = truth(document, "tls"), truth(document, "trusted"), text(document, "flaw")
        return Shown(*said, texts(document, "names"))


class LoginList(_Query, frozen=True, tag="login-list"):
    """For which registries does the ``docker`` command have a login? Never absent: without any it is an empty list."""

    def read(self, document: Document) -> Logins:
        """The registries' names."""
        return Logins(texts(document, "registries"), number(document, "others"))


class TrustList(_Query, frozen=True, tag="trust-list"):
    """Which files are in the folders that say whom Docker trusts? Never absent: without folders it is empty."""

    def read(self, document: Document) -> Mapping[str, tuple[str, ...]]:
        """The names of the files by the name of the folder that they are in."""
        return {folder: texts(document, "folders", folder) for folder in mapping(document, "folders")}


class Catalog(_Query, frozen=True, tag="catalog"):
    """Which repositories does the registry list? Never absent: without repositories it is an empty list."""

    domain: str

    def read(self, document: Document) -> tuple[str, ...]:
        """The repositories' names, sorted."""
        return texts(document, "repositories")


class Tags(_Query, frozen=True, tag="tags"):
    """Which tags does this repository of the registry have? Absent: the registry does not know the repository."""

    domain: str
    repository: str

    def read(self, document: Document) -> tuple[str, ...]:
        """The tags, sorted."""
        return texts(document, "tags")


class StoredAt(_Query, frozen=True, tag="stored"):
    """What does the registry hold under this reference? Absent: nothing of that name and tag."""

    reference: str

    def read(self, document: Document) -> Stored:
        """The manifests, what they refer to, and what of that is missing."""
        return Stored(document)


class BlobAt(_Query, frozen=True, tag="blob"):
    """What does the registry say of this blob of a repository? Absent: the repository has no such blob."""

    domain: str
    repository: str
    digest: str

    def read(self, document: Document) -> KeptBlob:
        """How many bytes it says it has, and whether it sends any of them."""
        return KeptBlob(number(document, "size"), truth(document, "has_bytes"))


class Deleting(_Query, frozen=True, tag="deleting"):
    """Does the registry carry out a delete? Never absent: it says yes or no."""

    domain: str

    def read(self, document: Document) -> bool:
        """Whether it does."""
        return truth(document, "enabled")


class PageAt(_Query, frozen=True, tag="page"):
    """Does the page at this domain say these words? Absent: nothing answers, the connection was refused.

    Evidence has no more of the page than that: something of the learner's own may answer there.
    """

    domain: str
    words: str

    def read(self, document: Document) -> WebPage:
        """The status and whether it says so."""
        return WebPage(number(document, "status"), truth(document, "says"))


class PageStored(_Query, frozen=True, tag="page-stored"):
    """Which layers of an image in a registry have this file, and does it say these words? It is a web page.

    Absent: the registry holds nothing of that name and tag. Only the topmost layers are read, and only small ones.
    """

    reference: str
    path: str
    words: str

    def read(self, document: Document) -> Mapping[str, str]:
        """By unpacked layer, the topmost first: ``says``, ``other``, ``none``, ``removed`` or ``unread``."""
        layers = items(document, "layers")
        return {text(layer, "layer"): text(layer, "file") for layer in layers}


class Subject(msgspec.Struct, frozen=True):
    """What a lab is about: everything that evidence may name on an engine that is not the course's own.

    ``repositories`` are canonical (``docker.io/library/nginx``); the lab is also about anything that is in one of the
    ``domains``, has one of the ``containers``' names, or publishes one of the ``ports``.
    """

    containers: frozenset[str] = frozenset()
    repositories: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    ports: frozenset[int] = frozenset()

    def __or__(self, other: Subject) -> Subject:
        return Subject(
            self.containers | other.containers,
            self.repositories | other.repositories,
            self.domains | other.domains,
            self.ports | other.ports,
        )


EngineQuery: TypeAlias = EngineInfo | ContainerList | ContainerNamed | ImageList | ImageNamed | VolumeNamed
RegistryQuery: TypeAlias = Ping | Certificate | Catalog | Tags | StoredAt | BlobAt | Deleting | PageStored | PageAt
FileQuery: TypeAlias = LoginList | TrustList
Query: TypeAlias = EngineQuery | RegistryQuery | FileQuery
