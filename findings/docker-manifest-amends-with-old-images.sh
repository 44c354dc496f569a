#!/usr/bin/env bash
# docker.io 20.10.24+dfsg1-1+deb12u1+b6 (Debian 12) against docker-registry 2.8.2+ds1-1: after an image of it has been pushed anew,
# `docker manifest create --amend` and `docker manifest push` push the old list again.
#
# The guess: create asks the registry for each image that is named, so the list has what the tags lead to now; without
# --amend the old list is replaced.
# The truth: what an earlier create read is kept in ~/.docker/manifests/LIST, one file for each image, and --amend reads those files,
# not the registry. Without --amend it refuses. The push succeeds and prints the digest of yesterday's list.
# `docker manifest inspect TAG` shows the new image, so looking at it does not tell. Only `docker manifest push --purge`
# (or deleting the folder) makes the next create ask.
#
# Seen (web:amd64 was pushed anew after the first push of the list):
#   create again: refusing to amend an existing manifest list with no --amend flag
#   create --amend, push: the list has the old amd64 image; the tag web:amd64 leads to the new one
#   after push --purge, create, push: the list has the new amd64 image
#
# Run by hand: bash findings/docker-manifest-amends-with-old-images.sh; exit code 0 while this is so. No engine is needed.
set -euo pipefail
dir=$(mktemp -d)
registry=
trap 'if [ -n "$registry" ]; then kill "$registry" || true; wait "$registry" || true; fi; rm -rf "$dir"' EXIT

(cd "$dir" && chmod 755 . && apt-get -qq download docker-registry=2.8.2+ds1-1 docker.io=20.10.24+dfsg1-1+deb12u1+b6 &&
    for package in *.deb; do dpkg -x "$package" .; done)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > "$dir/config.yml" <<END
version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: $dir/store}}
http: {addr: "127.0.0.1:$port"}
END
"$dir/usr/bin/docker-registry" serve "$dir/config.yml" > "$dir/log" 2>&1 & registry=$!

export HOME="$dir" DOCKER_CONFIG="$dir/.docker" PATH="$dir/usr/bin:$PATH" NO_PROXY=127.0.0.1 no_proxy=127.0.0.1
python3 - "127.0.0.1:$port" <<'END'
import hashlib, json, subprocess, sys, time, urllib.error, urllib.request

host = sys.argv[1]
DOCKER = "application/vnd.docker."
IMAGE, LIST = (DOCKER + "distribution.manifest." + kind for kind in ("v2+json", "list.v2+json"))
for _ in range(100):
    try:
        urllib.request.urlopen(f"http://{host}/v2/", timeout=20)
        break
    except urllib.error.URLError:
        time.sleep(0.1)


def asked(method, path, data=None, kind="application/octet-stream", accept="*/*"):
    url = path if path.startswith("http") else f"http://{host}/v2/web/{path}"
    headers = {"Content-Type": kind, "Accept": accept}
    return urllib.request.urlopen(urllib.request.Request(url, data=data, method=method, headers=headers), timeout=20)


def push(tag, author):
    fields = {"os": "linux", "architecture": tag, "author": author, "rootfs": {"type": "layers", "diff_ids": []}}
    config = json.dumps(fields).encode()
    digest = "sha256:" + hashlib.sha256(config).hexdigest()
    asked("PUT", asked("POST", "blobs/uploads/", b"").headers["Location"] + f"&digest={digest}", config)
    entry = {"mediaType": DOCKER + "container.image.v1+json", "size": len(config), "digest": digest}
    manifest = json.dumps({"schemaVersion": 2, "mediaType": IMAGE, "config": entry, "layers": []}).encode()
    return asked("PUT", f"manifests/{tag}", manifest, IMAGE).headers["Docker-Content-Digest"]


def manifest(*words):
    command = ["docker", "manifest", words[0], "--insecure", *words[1:]]
    return subprocess.run(command, capture_output=True, text=True)


def amd64():
    entries = json.load(asked("GET", "manifests/all", accept=LIST))["manifests"]
    (found,) = (entry["digest"] for entry in entries if entry["platform"]["architecture"] == "amd64")
    return found


names = [f"{host}/web:{tag}" for tag in ("all", "amd64", "arm64")]
push("arm64", "day one")
old = push("amd64", "day one")
assert manifest("create", *names).returncode == manifest("push", names[0]).returncode == 0
assert amd64() == old

new = push("amd64", "day two")
refused = manifest("create", *names)
print("create again:", refused.stderr.strip())
assert refused.returncode == 1, "it does not refuse"
assert manifest("create", "--amend", *names).returncode == manifest("push", names[0]).returncode == 0
leads = asked("HEAD", "manifests/amd64", accept=IMAGE).headers["Docker-Content-Digest"]
words = {old: "old", new: "new"}
print(f"create --amend, push: the list has the {words[amd64()]} amd64 image; the tag web:amd64 leads to the {words[leads]} one")
assert (amd64(), leads) == (old, new), "the list, or the tag, has another image"

assert manifest("push", "--purge", names[0]).returncode == 0
assert manifest("create", *names).returncode == manifest("push", names[0]).returncode == 0
print(f"after push --purge, create, push: the list has the {words[amd64()]} amd64 image")
assert amd64() == new, "the list has another image"
END
