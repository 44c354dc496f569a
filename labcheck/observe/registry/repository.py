"""One repository of a registry: its manifests and blobs, each requested once and checked against its digest.

Whatever has a digest is hashed and compared: bytes that do not match prove nothing. The same is true if something is
called an index in one place and an image in another (opencontainers/distribution-spec, CVE-2021-41190).

Layers are checked with ``HEAD``. A registry whose storage was cleaned up without a restart still answers 200 to that
(distribution#1803). The config is fetched, and that shows the truth: a config whose transfer breaks off twice is
missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Literal, TypeVar
from urllib.parse import quote

import msgspec

from labcheck.cause import AnswerTooLarge, DigestMismatch, IncompleteAnswer, UnsupportedFormat
from labcheck.digest import digest_of
from labcheck.document import Document, mapping, text, whole
from labcheck.observe.http.client import MEBIBYTE
from labcheck.observe.registry.api import Registry
from labcheck.observe.registry.cache import RegistryCache
from labcheck.observe.registry.replies import NOT_FOUND, OK, codes, says_accept
from labcheck.observe.trouble import CannotLook
from labcheck.oci import MANIFEST_TYPES, Descriptor, is_index, parsed
from labcheck.snapshot import Absent, Evidence, Found

T = TypeVar("T")

LARGEST_MANIFEST = 4 * MEBIBYTE
LARGEST_CONFIG = 4 * MEBIBYTE
TRIES = 2
"""A config whose transfer breaks off this many times is missing."""
MOST_MANIFESTS = 100
"""The most manifests under one reference. An index for every existing platform has about twenty."""
DIGEST = re.compile(r"[a-z0-9]+(?:[+._-][a-z0-9]+)*:[A-Za-z0-9=_-]+")
ALGORITHMS = frozenset({"sha256", "sha384", "sha512"})


class Read(msgspec.Struct, frozen=True):
    """A manifest or an index that was read."""

    digest: str
    media_type: str
    document: Document
    text: str


class Repository:
    """One repository, read for one reference; ``texts`` are the manifests read so far, by digest."""

    def __init__(self, registry: Registry, path: str, cache: RegistryCache) -> None:
        self.texts: dict[str, str] = {}
        self._registry = registry
        self._path = path
        self._cache = cache

    def named(self, reference: str) -> Read | None:
        """The manifest or index of this tag or digest, requested now; ``None`` if the registry says it has none."""
        return self._kept(self._read(reference))

    def manifest(self, descriptor: Descriptor) -> Read | None:
        """The manifest that an index points to, or ``None`` if the registry does not have it."""
        if len(self.texts) == MOST_MANIFESTS:
            sentence = f"{self._registry.domain} lists more under one name than labcheck reads."
            raise CannotLook(sentence, AnswerTooLarge())
        return self._kept(self._once("manifest", descriptor, self._read))

    def config(self, descriptor: Descriptor) -> Document | None:
        """The config, or ``None`` if the registry does not have it."""
        return self._once("config", descriptor, self._config)

    def has_layer(self, descriptor: Descriptor) -> bool:
        """Whether the registry has the layer."""
        return self._once("layer", descriptor, self._layer) is not None

    def blob(self, digest: str) -> Evidence[Document]:
        """What it says of this blob, and whether it sends any of its bytes; asked each time.

        The transfer is broken off after the first bytes: that there are any is all that is to be known.
        """
        if not DIGEST.fullmatch(digest):
            raise self._unread()
        target = self._target("blobs", digest)
        reply = self._registry.ask("HEAD", target)
        if reply.status == NOT_FOUND:
            return Absent()
        if reply.status != OK:
            raise self._registry.trouble(reply)
        size = whole(reply.header("Content-Length")) or 0
        return Found({"size": size, "has_bytes": size == 0 or self._sends(target)})

    def _sends(self, target: str) -> bool:
        for _ in range(TRIES):
            try:
                reply = self._registry.ask("GET", target, limit=0)
            except CannotLook as trouble:
                if isinstance(trouble.cause, AnswerTooLarge):
                    return True
                if not isinstance(trouble.cause, IncompleteAnswer):
                    raise
            else:
                raise self._registry.trouble(reply)
        return False

    def read_layer(self, descriptor: Descriptor, largest: int, what: str, read: Callable[[bytes], T]) -> T | None:
        """What this function reads in the layer; ``None`` if the layer is missing, or has more bytes than that.

        ``what`` tells one thing that is read from another.
        """
        if not 0 < descriptor.size <= largest:
            return None
        return self._once(f"layer {what}", descriptor, partial(self._read_layer, largest, read))

    def _kept(self, read: Read | None) -> Read | None:
        if read is not None:
            self.texts[read.digest] = read.text
        return read

    def _once(self, kind: str, descriptor: Descriptor, ask: Callable[[str], T | None]) -> T | None:
        """The content with this digest, or ``None`` if it is missing; requested unless it was found before."""
        # It must be a digest: a tag might point back.
        if not DIGEST.fullmatch(digest := descriptor.digest):
            raise self._unread()
        # Each repository has its own blobs: one may have lost what another still has.
        return self._cache.once((self._registry.domain, self._path, kind, digest), partial(ask, digest))

    def _read(self, reference: str) -> Read | None:
        reply = self._registry.ask(
            "GET", self._target("manifests", reference), accept=", ".join(MANIFEST_TYPES), limit=LARGEST_MANIFEST
        )
        if reply.status == NOT_FOUND and codes(reply) & {"MANIFEST_UNKNOWN", "NAME_UNKNOWN"} and not says_accept(reply):
            return None
        if reply.status != OK:
            raise self._registry.trouble(reply)
        document = parsed(reply.body)
        header = reply.header("Content-Type").partition(";")[0].strip()
        media_type = text(document, "mediaType") or header
        if not _is_one(document, media_type) or (header in MANIFEST_TYPES and header != media_type):
            raise self._unread()
        self._verify(reply.body, reply.header("Docker-Content-Digest"))
        digest = digest_of(reply.body)
        if ":" in reference:
            self._prove(reply.body, reference)
            digest = reference
        # JSON is UTF-8, so the text preserves the bytes exactly.
        return Read(digest, media_type, document, reply.body.decode())

    def _config(self, digest: str) -> Document | None:
        target = self._target("blobs", digest)
        for _ in range(TRIES):
            try:
                reply = self._registry.ask("GET", target, limit=LARGEST_CONFIG)
                break
            except CannotLook as trouble:
                if not isinstance(trouble.cause, IncompleteAnswer):
                    raise
        else:
            return None
        if reply.status == NOT_FOUND:
            return None
        if reply.status != OK:
            raise self._registry.trouble(reply)
        self._prove(reply.body, digest)
        return parsed(reply.body)

    def _layer(self, digest: str) -> Literal[True] | None:
        reply = self._registry.ask("HEAD", self._target("blobs", digest))
        if reply.status not in {OK, NOT_FOUND}:
            raise self._registry.trouble(reply)
        return True if reply.status == OK else None

    def _read_layer(self, largest: int, read: Callable[[bytes], T], digest: str) -> T | None:
        reply = self._registry.ask("GET", self._target("blobs", digest), limit=largest)
        if reply.status == NOT_FOUND:
            return None
        if reply.status != OK:
            raise self._registry.trouble(reply)
        self._prove(reply.body, digest)
        return read(reply.body)

    def _target(self, kind: str, reference: str) -> str:
        return f"/v2/{quote(self._path)}/{kind}/{quote(reference, safe=':')}"

    def _unread(self) -> CannotLook:
        sentence = f"{self._registry.domain} holds {self._path} in a format that labcheck does not read."
        return CannotLook(sentence, UnsupportedFormat())

    def _prove(self, body: bytes, digest: str) -> None:
        """What was requested by digest must have that digest."""
        if digest.partition(":")[0] not in ALGORITHMS:
            raise self._unread()
        self._verify(body, digest)

    def _verify(self, body: bytes, digest: str) -> None:
        algorithm = digest.partition(":")[0]
        if algorithm in ALGORITHMS and digest_of(body, algorithm) != digest:
            raise CannotLook(f"{self._registry.domain} sent bytes that do not match their digest.", DigestMismatch())


def _is_one(document: Document, media_type: str) -> bool:
    """Whether it is either an index or an image's manifest, not a mixture."""
    if is_index(document, media_type):
        return isinstance(document.get("manifests"), list) and not {"config", "layers"} & set(document)
    return bool(mapping(document, "config"))
