#!/usr/bin/env bash
# docker-registry 2.8.2+ds1-1 (Debian 12, distribution 2.8.2) with notifications: "pull" is also sent for a HEAD, for a GET that was
# refused, for one byte of a layer, and for a layer that somebody pushes a second time.
#
# The guess: the event "pull" says that somebody got a manifest or a layer, so pulls can be counted, and shown to be made, by it.
# The truth: it is sent once the registry has found the thing, whatever it answers then. HEAD, with which clients that push see
# whether a layer is there already, is a pull with the whole layer's length: a push tells of pulls. A GET that is answered 404,
# since its Accept does not fit, is a pull. A GET of what the client already has (304) is none.
#
# Seen (the same image is pushed again with python-dxf 12.1.1; its layer has 5000 bytes):
#   HEAD of the manifest: 200 ['pull HEAD manifest']
#   HEAD of the layer: 200 ['pull HEAD 5000 bytes']
#   GET of one byte of the layer: 206 ['pull GET 5000 bytes']
#   GET of the manifest as another type: 404 ['pull GET manifest']
#   GET of the manifest that one has: 304 []
#   the same image is pushed again: ['pull HEAD 2 bytes', 'pull HEAD 5000 bytes', 'push PUT manifest']
#
# Run by hand: bash findings/registry-notifies-pulls-that-are-none.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
registry=
trap 'if [ -n "$registry" ]; then kill "$registry" || true; wait "$registry" || true; fi; rm -rf "$dir"' EXIT

(cd "$dir" && apt-get -qq download docker-registry=2.8.2+ds1-1 && dpkg -x docker-registry_*.deb .)
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" -q --disable-pip-version-check install python-dxf==12.1.1
free() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
port=$(free) listener=$(free)
cat > "$dir/config.yml" <<END
version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: $dir/store}}
http: {addr: "127.0.0.1:$port"}
notifications:
  endpoints: [{name: course, url: "http://127.0.0.1:$listener/", timeout: 5s, threshold: 5, backoff: 1s}]
END
"$dir/usr/bin/docker-registry" serve "$dir/config.yml" > "$dir/log" 2>&1 & registry=$!

export NO_PROXY=127.0.0.1 no_proxy=127.0.0.1
"$dir/venv/bin/python" - "$port" "$listener" <<'END'
import hashlib, json, queue, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import dxf, requests

port, listener = map(int, sys.argv[1:])
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
events = queue.Queue()


class Listener(BaseHTTPRequestHandler):
    def do_POST(self):
        for event in json.loads(self.rfile.read(int(self.headers["Content-Length"])))["events"]:
            events.put(event)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


threading.Thread(target=ThreadingHTTPServer(("127.0.0.1", listener), Listener).serve_forever, daemon=True).start()
client, marker = (dxf.DXF(f"127.0.0.1:{port}", name, insecure=True) for name in ("lab", "marker"))
for _ in range(100):
    try:
        client.api_version_check()
        break
    except requests.ConnectionError:
        time.sleep(0.1)


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def push_blob(to, data):
    return to.push_blob(data=iter([data]), digest=digest(data))


def told():
    """What the registry told so far: its events come in order, and a new blob in another repository makes the last."""
    last = push_blob(marker, str(time.monotonic_ns()).encode())
    seen = []
    while (event := events.get(timeout=60))["target"]["digest"] != last:
        target = event["target"]
        what = "manifest" if target["mediaType"] == MANIFEST else f"{target['length']} bytes"
        seen.append(f"{event['action']} {event['request']['method']} {what}")
    return seen


CONFIG, LAYER = b"{}", b"layer" * 1000


def descriptor(kind, data):
    return {"mediaType": f"application/vnd.oci.image.{kind}", "size": len(data), "digest": digest(data)}


image = {"schemaVersion": 2, "mediaType": MANIFEST}
image |= {"config": descriptor("config.v1+json", CONFIG), "layers": [descriptor("layer.v1.tar", LAYER)]}
image = json.dumps(image)


def push():
    for data in (CONFIG, LAYER):
        push_blob(client, data)
    client.set_manifest("v1", image)


push()
assert told() == ["push PUT 2 bytes", "push PUT 5000 bytes", "push PUT manifest"], "the first push is told otherwise"
manifest, layer = "manifests/v1", f"blobs/{digest(LAYER)}"
REQUESTS = {
    "HEAD of the manifest": ("HEAD", manifest, {"Accept": MANIFEST}, 200, ["pull HEAD manifest"]),
    "HEAD of the layer": ("HEAD", layer, {}, 200, ["pull HEAD 5000 bytes"]),
    "GET of one byte of the layer": ("GET", layer, {"Range": "bytes=0-0"}, 206, ["pull GET 5000 bytes"]),
    "GET of the manifest as another type": ("GET", manifest, {"Accept": "text/plain"}, 404, ["pull GET manifest"]),
    "GET of the manifest that one has": (
        "GET", manifest, {"Accept": MANIFEST, "If-None-Match": f'"{digest(image.encode())}"'}, 304, [],
    ),
}
for name, (method, path, headers, status, expected) in REQUESTS.items():
    answer = requests.request(method, f"http://127.0.0.1:{port}/v2/lab/{path}", headers=headers, timeout=20)
    seen = told()
    print(f"{name}: {answer.status_code} {seen}")
    assert (answer.status_code, seen) == (status, expected), "it is told otherwise"

push()
seen = told()
print("the same image is pushed again:", seen)
assert seen == ["pull HEAD 2 bytes", "pull HEAD 5000 bytes", "push PUT manifest"], "a push is told otherwise"
END
