"""Pushes what docker does not, by HTTP as oras and cosign do: an index, an artifact, a signature. Run in a sandbox."""

from __future__ import annotations

import hashlib
import json
import urllib.request
from collections.abc import Mapping

REGISTRY = "http://localhost:5000"
ACCEPT = "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json"
OCI = "application/vnd.oci.image.manifest.v1+json"
INDEX = "application/vnd.oci.image.index.v1+json"
BYTES = "application/octet-stream"
EMPTY = "application/vnd.oci.empty.v1+json"


def asked(method: str, url: str, body: bytes | None = None, **headers: str) -> tuple[bytes, str]:
    """One request to the registry: the body and the place it tells."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, body, named, method=method)  # noqa: S310 - HTTP, to the sandbox's registry
    with urllib.request.urlopen(request, timeout=20) as reply:  # noqa: S310 - as above
        return reply.read(), reply.headers.get("Location", "")


def digest(body: bytes) -> str:
    """Its digest."""
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def descriptor(repository: str, body: bytes, media_type: str) -> dict[str, object]:
    """What points to this blob, once it is pushed."""
    _, place = asked("POST", f"{REGISTRY}/v2/{repository}/blobs/uploads/", b"")
    place = place if "://" in place else REGISTRY + place
    asked("PUT", f"{place}{'&' if '?' in place else '?'}digest={digest(body)}", body, Content_Type=BYTES)
    return {"mediaType": media_type, "digest": digest(body), "size": len(body)}


def put(repository: str, tag: str, document: Mapping[str, object]) -> str:
    """Push a manifest or an index under this tag; its digest."""
    body = json.dumps({"schemaVersion": 2, **document}).encode()
    asked("PUT", f"{REGISTRY}/v2/{repository}/manifests/{tag}", body, Content_Type=str(document["mediaType"]))
    return digest(body)


def main() -> None:
    """What docker pushed as nginx gets an index, a signature of it stands beside, and there is an artifact."""
    body, _ = asked("GET", f"{REGISTRY}/v2/nginx/manifests/latest", Accept=ACCEPT)
    entry = {"mediaType": json.loads(body)["mediaType"], "digest": digest(body), "size": len(body)}
    entry["platform"] = {"os": "linux", "architecture": "amd64"}
    index = put("nginx", "many", {"mediaType": INDEX, "manifests": [entry]})
    layer = descriptor("nginx", b'{"critical": {}}', "application/vnd.dev.cosign.simplesigning.v1+json")
    config = descriptor("nginx", b"{}", "application/vnd.oci.image.config.v1+json")
    put("nginx", index.replace(":", "-") + ".sig", {"mediaType": OCI, "config": config, "layers": [layer]})
    notes = {
        "mediaType": OCI,
        "artifactType": "application/vnd.example.notes",
        "config": descriptor("team/notes", b"{}", EMPTY),
        "layers": [descriptor("team/notes", b"# Notes\n", "text/markdown")],
    }
    put("team/notes", "v1", notes)
    print(index)  # noqa: T201 - a script


if __name__ == "__main__":
    main()
