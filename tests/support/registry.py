"""What looks at a registry saw: an index, images that share a layer, a signature, an artifact, and no answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from labcheck.cause import ConnectionRefused, TimedOut
from labcheck.document import Document
from labcheck.oci import DOCKER_MANIFEST, OCI_INDEX, OCI_MANIFEST
from labcheck.query import Catalog, Query, StoredAt, Tags
from labcheck.snapshot import Absent, Evidence, Found, Snapshot, Unknown

DOMAIN = "localhost:5000"
COSIGN = "application/vnd.dev.cosign.simplesigning.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"


def digest(text: str) -> str:
    """The digest of this text."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def blob(name: str, size: int, media_type: str = LAYER) -> Document:
    """A descriptor of a blob."""
    return {"mediaType": media_type, "digest": digest(name), "size": size}


def manifest(*layers: Document, config: str = CONFIG, kind: str = OCI_MANIFEST, **more: object) -> str:
    """A manifest with these layers."""
    document = {"schemaVersion": 2, "mediaType": kind, "config": blob("config", 1470, config), "layers": layers, **more}
    return json.dumps(document)


def index(*entries: tuple[str, str], attestation: str = "") -> str:
    """An index of these manifests, each with its processor."""
    listed: list[Document] = [
        {"mediaType": OCI_MANIFEST, "digest": digest(text), "size": len(text), "platform": platform(processor)}
        for text, processor in entries
    ]
    if attestation:
        note = {"vnd.docker.reference.type": "attestation-manifest"}
        listed.append({"mediaType": OCI_MANIFEST, "digest": digest(attestation), "size": 566, "annotations": note})
    return json.dumps({"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": listed})


def platform(processor: str) -> Document:
    """An index's word for this processor."""
    return {"os": "linux", "architecture": processor}


def stored(*texts: str, platforms: Mapping[str, str] | None = None, missing: tuple[str, ...] = ()) -> Found[Document]:
    """What the registry holds: what the name leads to first, and below it the others."""
    first = json.loads(texts[0])
    return Found(
        {
            "digest": digest(texts[0]),
            "type": first["mediaType"],
            "manifests": {digest(text): text for text in texts},
            "platforms": [{"digest": key, "platform": value, "layers": []} for key, value in (platforms or {}).items()],
            "missing": list(missing),
        }
    )


BASE = blob("base", 28_400_000)
AMD = manifest(BASE, blob("nginx-amd64", 41_000_000))
ARM = manifest(blob("base-arm64", 27_000_000), blob("nginx-arm64", 40_500_000))
NGINX = index((AMD, "amd64"), (ARM, "arm64"), attestation="attestation")
HTTPD = manifest(BASE, blob("httpd", 5_200_000), kind=DOCKER_MANIFEST)
SIGNATURE = manifest(blob("signature", 240, COSIGN))
NOTES = manifest(blob("notes", 1200, "text/markdown"), artifactType="application/vnd.example.notes")
SIGNED = digest(NGINX).replace(":", "-") + ".sig"
HERE = {digest(AMD): "linux/amd64", digest(ARM): "linux/arm64"}


def seen(**changes: Evidence[Document]) -> Snapshot:
    """A look at the whole registry. ``changes`` say to what a name leads, as ``nginx__latest``."""
    names: dict[tuple[str, str], Evidence[Document]] = {
        ("httpd", "2.4"): stored(HTTPD, platforms={digest(HTTPD): "linux/amd64"}),
        ("nginx", "latest"): stored(NGINX, AMD, ARM, platforms=HERE),
        ("nginx", "stable"): stored(NGINX, AMD, ARM, platforms=HERE),
        ("nginx", SIGNED): stored(SIGNATURE),
        ("team/notes", "v1"): stored(NOTES),
    }
    for name, evidence in changes.items():
        repository, _, tag = name.partition("__")
        names[repository, tag] = evidence
    found: dict[Query, Evidence[Document]] = {
        Catalog(DOMAIN): Found({"repositories": sorted({repository for repository, _ in names})})
    }
    for (repository, tag), evidence in names.items():
        tags = sorted(it for of, it in names if of == repository)
        found[Tags(DOMAIN, repository)] = Found({"tags": tags})
        found[StoredAt(f"{DOMAIN}/{repository}:{tag}")] = evidence
    return Snapshot.of(found)


SLOW = Unknown(f"{DOMAIN} did not answer within 10 s.", TimedOut(10))
NOBODY = Snapshot.of({Catalog(DOMAIN): Unknown(f"Nobody answers at {DOMAIN}.", ConnectionRefused())})
GONE = Absent()
