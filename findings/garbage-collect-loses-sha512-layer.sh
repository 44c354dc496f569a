#!/usr/bin/env bash
# docker-registry 2.8.2+ds1-1 (Debian 12, distribution 2.8.2): garbage-collect deletes a layer that a tagged image uses,
# if the image names it by its sha512 digest.
#
# The guess: an upload under a sha512 digest is refused; or, if it is taken, the blob is as safe as any other.
# The truth: the upload is taken (201), and the blob answers under both digests. It is stored under sha256 alone.
# garbage-collect marks the digest that the manifest writes (sha512), sweeps by the digest in the store (sha256), and so
# deletes the layer. The tag and its manifest stay. With a sha256 digest in the manifest, the same layer stays too.
#
# Seen:
#   push: layer 201, manifest 201; HEAD layer by sha512: 200, Docker-Content-Digest sha256:...
#   garbage-collect: "marking blob sha512:...", then "blob eligible for deletion: sha256:..." of the same bytes
#   afterwards: manifest 200, layer 404 (image named by sha512); manifest 200, layer 200 (image named by sha256)
#
# Run by hand: bash findings/garbage-collect-loses-sha512-layer.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
registry=
stop() { if [ -n "$registry" ]; then kill "$registry" || true; wait "$registry" || true; registry=; fi; }
trap 'stop; rm -rf "$dir"' EXIT

(cd "$dir" && apt-get -qq download docker-registry=2.8.2+ds1-1 && dpkg -x docker-registry_*.deb .)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > "$dir/config.yml" <<END
version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: $dir/store}}
http: {addr: "127.0.0.1:$port"}
END
start() { "$dir/usr/bin/docker-registry" serve "$dir/config.yml" >> "$dir/log" 2>&1 & registry=$!; }

cat > "$dir/images.py" <<'END'
import hashlib, http.client, json, sys, time

port, action = int(sys.argv[1]), sys.argv[2]
OCI = "application/vnd.oci.image."


def ask(method, path, body=None, kind="application/octet-stream"):
    for _ in range(100):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request(method, path, body, {"Content-Type": kind, "Accept": OCI + "manifest.v1+json"})
            answer = connection.getresponse()
            answer.read()
            return answer
        except ConnectionRefusedError:
            time.sleep(0.1)
    sys.exit("the registry does not come up")


def digest(data, algorithm):
    return f"{algorithm}:{hashlib.new(algorithm, data).hexdigest()}"


def push(repository, data, algorithm):
    place = ask("POST", f"/v2/{repository}/blobs/uploads/", b"").headers["Location"].split(f":{port}")[1]
    return ask("PUT", f"{place}&digest={digest(data, algorithm)}", data).status


for algorithm in ("sha256", "sha512"):
    repository = f"course/{algorithm}"
    layer, config = b"a layer named by " + algorithm.encode(), json.dumps({"comment": algorithm}).encode()
    manifest = json.dumps({
        "schemaVersion": 2, "mediaType": OCI + "manifest.v1+json",
        "config": {"mediaType": OCI + "config.v1+json", "size": len(config), "digest": digest(config, "sha256")},
        "layers": [{"mediaType": OCI + "layer.v1.tar", "size": len(layer), "digest": digest(layer, algorithm)}],
    })
    if action == "push":
        assert push(repository, config, "sha256") == 201
        assert push(repository, layer, algorithm) == 201, "the upload is refused"
        assert ask("PUT", f"/v2/{repository}/manifests/v1", manifest, OCI + "manifest.v1+json").status == 201
    head = ask("HEAD", f"/v2/{repository}/blobs/{digest(layer, algorithm)}")
    tag = ask("HEAD", f"/v2/{repository}/manifests/v1")
    print(f"after {action}: {algorithm}: manifest {tag.status}, layer {head.status}", head.headers["Docker-Content-Digest"] or "")
    lost = action == "collection" and algorithm == "sha512"
    assert (tag.status, head.status) == (200, 404 if lost else 200), "not as it was seen"
    if not lost:
        assert head.headers["Docker-Content-Digest"] == digest(layer, "sha256"), "the digest is another one"
END
start
python3 "$dir/images.py" "$port" push
stop
"$dir/usr/bin/docker-registry" garbage-collect "$dir/config.yml" 2>&1 | grep -E 'marking blob sha512|blob eligible'
start
python3 "$dir/images.py" "$port" collection
