#!/usr/bin/env bash
# skopeo 1.9.3+ds1-1+b10 against docker-registry 2.8.2+ds1-1 (Debian 12): `skopeo sync` of two repositories with the same last
# part mirrors one of them, over the other, and reports two.
#
# The guess: course/web goes to mirror/course/web and shop/web to mirror/shop/web; or, if only the last part is kept, the
# second is refused because the first is there.
# The truth: only the last part is kept, whatever the source. Both go to mirror/web, and of a tag that both have the later one
# is left: "Synced 2 images from 2 sources", exit code 0. --scoped keeps the whole name, the source's host included; so it cannot
# be used where the source has a port, as a private registry mostly has: no repository's name has a colon.
#
# Seen:
#   repositories of the mirror: ['mirror/web']
#   mirror/web:1 is shop/web:1; the exit code is 0; the last words: Synced 2 images from 2 sources
#   with --scoped: exit code 1, Cannot obtain a valid image reference for transport \"docker\" and reference
#     \"//HOST:PORT/mirror/HOST:PORT/course/web:1\": invalid reference format
#
# Run by hand: bash findings/skopeo-sync-two-into-one.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
registry=
trap 'if [ -n "$registry" ]; then kill "$registry" || true; wait "$registry" || true; fi; rm -rf "$dir"' EXIT

(cd "$dir" && chmod 755 . && apt-get -qq download docker-registry=2.8.2+ds1-1 skopeo=1.9.3+ds1-1+b10 libgpgme11 libassuan0 \
    libgpg-error0 libdevmapper1.02.1 && for package in *.deb; do dpkg -x "$package" .; done)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > "$dir/config.yml" <<END
version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: $dir/store}}
http: {addr: "127.0.0.1:$port"}
END
"$dir/usr/bin/docker-registry" serve "$dir/config.yml" > "$dir/log" 2>&1 & registry=$!

export HOME="$dir" NO_PROXY=127.0.0.1 no_proxy=127.0.0.1
export LD_LIBRARY_PATH="$dir/usr/lib/x86_64-linux-gnu:$dir/lib/x86_64-linux-gnu"
python3 - "$dir" "127.0.0.1:$port" <<'END'
import hashlib, json, subprocess, sys, time, urllib.error, urllib.request

folder, host = sys.argv[1:]
DOCKER = "application/vnd.docker."
for _ in range(100):
    try:
        urllib.request.urlopen(f"http://{host}/v2/", timeout=20)
        break
    except urllib.error.URLError:
        time.sleep(0.1)


def asked(method, url, data=None, kind="application/octet-stream", accept="*/*"):
    headers = {"Content-Type": kind, "Accept": accept}
    return urllib.request.urlopen(urllib.request.Request(url, data=data, method=method, headers=headers), timeout=20)


def push(repository, tag):
    config = json.dumps({"os": "linux", "architecture": "amd64", "author": repository, "rootfs": {"type": "layers", "diff_ids": []}})
    digest = "sha256:" + hashlib.sha256(config.encode()).hexdigest()
    place = asked("POST", f"http://{host}/v2/{repository}/blobs/uploads/", b"").headers["Location"]
    asked("PUT", f"{place}&digest={digest}", config.encode())
    kind = DOCKER + "distribution.manifest.v2+json"
    entry = {"mediaType": DOCKER + "container.image.v1+json", "size": len(config), "digest": digest}
    manifest = json.dumps({"schemaVersion": 2, "mediaType": kind, "config": entry, "layers": []}).encode()
    asked("PUT", f"http://{host}/v2/{repository}/manifests/{tag}", manifest, kind)
    return manifest


def sync(*options):
    command = [f"{folder}/usr/bin/skopeo", "--insecure-policy", "sync", *options, "--dest-tls-verify=false"]
    command += ["--src", "yaml", "--dest", "docker", f"{folder}/what.yml", f"{host}/mirror"]
    return subprocess.run(command, capture_output=True, text=True)


def catalog():
    return set(json.load(asked("GET", f"http://{host}/v2/_catalog"))["repositories"])


push("course/web", "1")
shop = push("shop/web", "1")
with open(f"{folder}/what.yml", "w") as file:
    json.dump({host: {"tls-verify": False, "images": {"course/web": ["1"], "shop/web": ["1"]}}}, file)  # JSON is YAML
before = catalog()
synced = sync()
mirrored = sorted(catalog() - before)
there = asked("GET", f"http://{host}/v2/mirror/web/manifests/1", accept=DOCKER + "distribution.manifest.v2+json").read()
words = synced.stderr.splitlines()[-1].partition('msg="')[2].strip('"')
print("repositories of the mirror:", mirrored)
print(f"mirror/web:1 is {'shop/web:1' if there == shop else 'course/web:1'}; the exit code is {synced.returncode}; the last words: {words}")
assert mirrored == ["mirror/web"], "it is mirrored elsewhere"
assert there == shop, "another image is there"
assert (synced.returncode, words) == (0, "Synced 2 images from 2 sources"), "it says something else"

scoped = sync("--scoped")
words = scoped.stderr.splitlines()[-1].partition('msg="')[2].strip('"').replace(host, "HOST:PORT")
print(f"with --scoped: exit code {scoped.returncode}, {words}")
assert scoped.returncode == 1, "--scoped works"
assert words.endswith("invalid reference format"), "--scoped fails otherwise"
END
