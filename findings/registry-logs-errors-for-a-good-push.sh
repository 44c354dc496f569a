#!/usr/bin/env bash
# docker-registry 2.8.2+ds1-1 (Debian 12, distribution 2.8.2): a push in which nothing goes wrong is logged with errors, one for
# each new blob.
#
# The guess: level=error in the registry's log shows what went wrong. After a good push there is none.
# The truth: a client first asks (HEAD) whether a blob is there already, and the answer "no" is logged as level=error, "blob unknown
# to registry", in the same way as what was refused. So whoever looks for the reason of a failure finds these first. The second
# push of the same image leaves none.
#
# Seen:
#   a push: HEAD 404, 404; PUT 201, 201; manifest 201; errors in the log: 2, all of them: blob unknown to registry
#   the same push again: HEAD 200, 200; manifest 201; errors in the log: 0
#   a manifest that is no JSON: PUT 400; errors in the log: 1
#
# Run by hand: bash findings/registry-logs-errors-for-a-good-push.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
registry=
trap 'if [ -n "$registry" ]; then kill "$registry" || true; wait "$registry" || true; fi; rm -rf "$dir"' EXIT

(cd "$dir" && apt-get -qq download docker-registry=2.8.2+ds1-1 && dpkg -x docker-registry_*.deb .)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > "$dir/config.yml" <<END
version: 0.1
storage: {filesystem: {rootdirectory: $dir/store}}
http: {addr: "127.0.0.1:$port"}
END
"$dir/usr/bin/docker-registry" serve "$dir/config.yml" > "$dir/log" 2>&1 & registry=$!

python3 - "$port" "$dir/log" <<'END'
import hashlib, http.client, json, re, sys, time

port, log = int(sys.argv[1]), sys.argv[2]
OCI = "application/vnd.oci.image."


def ask(method, path, body=None, kind="application/octet-stream"):
    for _ in range(100):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request(method, path, body, {"Content-Type": kind})
            answer = connection.getresponse()
            answer.read()
            return answer
        except ConnectionRefusedError:
            time.sleep(0.1)
    sys.exit("the registry does not come up")


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def errors():
    with open(log) as file:
        found = [line for line in file if "level=error" in line]
    return [re.search(r'err.message="([^"]*)"', line)[1] for line in found]


def push():
    """What a client does: ask for each blob, send those that are not there, then the manifest."""
    layer, config = b"a layer", json.dumps({"rootfs": {"type": "layers", "diff_ids": []}}).encode()
    heads, puts = [], []
    for blob in (layer, config):
        heads.append(ask("HEAD", f"/v2/course/blobs/{digest(blob)}").status)
        if heads[-1] == 404:
            place = ask("POST", "/v2/course/blobs/uploads/", b"").headers["Location"].split(f":{port}")[1]
            puts.append(ask("PUT", f"{place}&digest={digest(blob)}", blob).status)
    part = lambda blob, kind: {"mediaType": OCI + kind, "size": len(blob), "digest": digest(blob)}
    manifest = {"schemaVersion": 2, "mediaType": OCI + "manifest.v1+json", "config": part(config, "config.v1+json")}
    manifest = json.dumps({**manifest, "layers": [part(layer, "layer.v1.tar")]})
    return heads, puts, ask("PUT", "/v2/course/manifests/v1", manifest, OCI + "manifest.v1+json").status


def row(numbers):
    return ", ".join(map(str, numbers))


ask("GET", "/v2/")
heads, puts, manifest = push()
time.sleep(0.5)
first = errors()
print(f"a push: HEAD {row(heads)}; PUT {row(puts)}; manifest {manifest}; errors in the log: {len(first)}, all of them: {row(set(first))}")
assert (heads, puts, manifest) == ([404, 404], [201, 201], 201)
assert first == ["blob unknown to registry"] * 2, "the log has others"

heads, puts, manifest = push()
time.sleep(0.5)
again = errors()[len(first) :]
print(f"the same push again: HEAD {row(heads)}; manifest {manifest}; errors in the log: {len(again)}")
assert (heads, puts, manifest, again) == ([200, 200], [], 201, [])

refused = ask("PUT", "/v2/course/manifests/v2", "no JSON", OCI + "manifest.v1+json").status
time.sleep(0.5)
last = errors()[len(first) :]
print(f"a manifest that is no JSON: PUT {refused}; errors in the log: {len(last)}")
assert (refused, len(last)) == (400, 1), "it is logged otherwise"
END
