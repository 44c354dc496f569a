#!/usr/bin/env bash
# python-dxf 12.1.1 against docker-registry 2.8.2+ds1-1 (Debian 12): of an index with two Windows images, one for each
# os.version (as the Windows images on Docker Hub are built), get_alias() answers the last without a platform and the
# first with one; del_alias() done as its documentation says leaves an image behind.
#
# The guess: both calls tell of the same image, or of both, or raise an error.
# The truth: the key is os/architecture[/variant], without os.version. The dictionary keeps what came last, the search
# for a platform stops at what comes first. del_alias() returns "a dict with the alias hash per platform. You'll need
# to call DXF.del_alias for each of those": the first image is not in that dictionary, and stays in the registry.
#
# Seen:
#   get_alias("all"): {'windows/amd64': [layer of 10.0.20348]}
#   get_alias("all", platform="windows/amd64"): [layer of 10.0.17763]
#   after del_alias of the index and of each digest returned: 10.0.17763 still there, 10.0.20348 gone
#
# Run by hand: bash findings/dxf-two-windows-versions.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
registry=
trap 'if [ -n "$registry" ]; then kill "$registry" || true; wait "$registry" || true; fi; rm -rf "$dir"' EXIT

(cd "$dir" && apt-get -qq download docker-registry=2.8.2+ds1-1 && dpkg -x docker-registry_*.deb .)
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" -q --disable-pip-version-check install python-dxf==12.1.1
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > "$dir/config.yml" <<END
version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: $dir/store}, delete: {enabled: true}}
http: {addr: "127.0.0.1:$port"}
END
"$dir/usr/bin/docker-registry" serve "$dir/config.yml" > "$dir/log" 2>&1 & registry=$!

export NO_PROXY=127.0.0.1 no_proxy=127.0.0.1
"$dir/venv/bin/python" - "$port" <<'END'
import hashlib, json, sys, time
import dxf, requests

client = dxf.DXF(f"127.0.0.1:{sys.argv[1]}", "course/windows", insecure=True)
for _ in range(100):
    try:
        client.api_version_check()
        break
    except requests.ConnectionError:
        time.sleep(0.1)
DOCKER = "application/vnd.docker.distribution.manifest."


def digest(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


VERSIONS = ("10.0.17763.6293", "10.0.20348.2700")
layers, images, entries = {}, {}, []
for version in VERSIONS:
    data = f"layer of Windows {version}".encode()
    layers[version] = client.push_blob(data=iter([data]), digest=digest(data))
    manifest = client.make_manifest(layers[version])
    images[version] = digest(manifest.encode())
    client.set_manifest(images[version], manifest)
    platform = {"os": "windows", "architecture": "amd64", "os.version": version}
    entries.append({"mediaType": DOCKER + "v2+json", "size": len(manifest), "digest": images[version], "platform": platform})
client.set_manifest("all", json.dumps({"schemaVersion": 2, "mediaType": DOCKER + "list.v2+json", "manifests": entries}))

first, last = VERSIONS
names = {layers[version]: f"layer of {version}" for version in VERSIONS}
whole, one = client.get_alias("all"), client.get_alias("all", platform="windows/amd64")
print('get_alias("all"):', {platform: [names[layer] for layer in found] for platform, found in whole.items()})
print('get_alias("all", platform="windows/amd64"):', [names[layer] for layer in one])
assert whole == {"windows/amd64": [layers[last]]}, "the dictionary is another"
assert one == [layers[first]], "the platform's image is another"

for image in client.del_alias("all").values():
    client.del_alias(image)
left = []
for version in VERSIONS:
    try:
        client.get_manifest(images[version])
        left.append(version)
    except requests.HTTPError as error:
        assert error.response.status_code == 404
print("left after del_alias as documented:", left)
assert left == [first], "other images are left"
END
