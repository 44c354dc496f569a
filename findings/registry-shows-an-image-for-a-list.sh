#!/usr/bin/env bash
# docker-registry 2.8.2+ds1-1 (Debian 12, distribution 2.8.2): asked for a manifest list by a client that accepts images only, it
# answers with the digest of one image in the list; whoever deletes by that digest keeps the tag, and breaks it.
#
# The guess: a client that does not accept lists gets 404, as it does for an OCI index with the same content; or the list's own
# digest, since a tag has one. So HEAD, then DELETE by the digest that it shows, deletes what the tag names.
# The truth: for Docker's manifest list (docker manifest, buildx imagetools) HEAD is 200 and shows the digest of the image for
# linux/amd64. DELETE with it is 202. The tag is still listed, still 200 as a list, and its only image is gone.
# For the OCI index it is 404, as guessed.
#
# Seen:
#   OCI index: HEAD as an image 404
#   manifest list: HEAD as an image 200, the digest of the image; as a list 200, its own digest
#   DELETE by the first digest: 202; afterwards tags: ['latest'], HEAD as a list 200, as an image 404
#
# Run by hand: bash findings/registry-shows-an-image-for-a-list.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
registry=
trap 'if [ -n "$registry" ]; then kill "$registry" || true; wait "$registry" || true; fi; rm -rf "$dir"' EXIT

(cd "$dir" && apt-get -qq download docker-registry=2.8.2+ds1-1 && dpkg -x docker-registry_*.deb .)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > "$dir/config.yml" <<END
version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: $dir/store}, delete: {enabled: true}}
http: {addr: "127.0.0.1:$port"}
END
"$dir/usr/bin/docker-registry" serve "$dir/config.yml" > "$dir/log" 2>&1 & registry=$!

python3 - "$port" <<'END'
import hashlib, http.client, json, sys, time

port = int(sys.argv[1])
IMAGE = "application/vnd.docker.distribution.manifest.v2+json"
LIST = "application/vnd.docker.distribution.manifest.list.v2+json"
INDEX = "application/vnd.oci.image.index.v1+json"


def ask(method, path, body=None, kind="application/octet-stream", accept="*/*"):
    for _ in range(100):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request(method, path, body, {"Content-Type": kind, "Accept": accept})
            answer = connection.getresponse()
            answer.body = answer.read()
            return answer
        except ConnectionRefusedError:
            time.sleep(0.1)
    sys.exit("the registry does not come up")


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def put(repository, reference, document, kind):
    body = json.dumps(document).encode()
    assert ask("PUT", f"/v2/{repository}/manifests/{reference}", body, kind).status == 201
    return {"mediaType": kind, "size": len(body), "digest": digest(body)}


def push(repository, kind):
    """An image for linux/amd64, and a list of it alone under the tag latest; the descriptors of both."""
    config = json.dumps({"os": "linux", "architecture": "amd64", "rootfs": {"type": "layers", "diff_ids": []}}).encode()
    place = ask("POST", f"/v2/{repository}/blobs/uploads/", b"").headers["Location"].split(f":{port}")[1]
    assert ask("PUT", f"{place}&digest={digest(config)}", config).status == 201
    entry = {"mediaType": "application/vnd.docker.container.image.v1+json", "size": len(config), "digest": digest(config)}
    image = {"schemaVersion": 2, "mediaType": IMAGE, "config": entry, "layers": []}
    image = put(repository, digest(json.dumps(image).encode()), image, IMAGE)
    listed = {**image, "platform": {"os": "linux", "architecture": "amd64"}}
    return image, put(repository, "latest", {"schemaVersion": 2, "mediaType": kind, "manifests": [listed]}, kind)


def head(repository, accept):
    answer = ask("HEAD", f"/v2/{repository}/manifests/latest", accept=accept)
    return answer.status, answer.headers["Docker-Content-Digest"]


push("index", INDEX)
print("OCI index: HEAD as an image", head("index", IMAGE)[0])
assert head("index", IMAGE)[0] == 404, "an index is shown as an image, too"

image, whole = push("list", LIST)
shown, own = head("list", IMAGE), head("list", LIST)
names = {image["digest"]: "the digest of the image", whole["digest"]: "its own digest"}
print(f"manifest list: HEAD as an image {shown[0]}, {names.get(shown[1])}; as a list {own[0]}, {names.get(own[1])}")
assert shown == (200, image["digest"]), "it shows another digest"
assert own == (200, whole["digest"])

deleted = ask("DELETE", f"/v2/list/manifests/{shown[1]}").status
tags = json.loads(ask("GET", "/v2/list/tags/list").body)["tags"]
left = head("list", LIST)[0], head("list", IMAGE)[0]
print(f"DELETE by the first digest: {deleted}; afterwards tags: {tags}, HEAD as a list {left[0]}, as an image {left[1]}")
assert (deleted, tags, left) == (202, ["latest"], (200, 404)), "it is deleted otherwise"
END
