#!/usr/bin/env bash
# oras 0.2.43 (oras-py) against docker-registry 2.8.2+ds1-1 (Debian 12): pull() of an ordinary container image returns
# paths of files that do not exist, and pull() of an index returns an empty list.
#
# The guess: layers without a title are saved as files named by their digest (the comment in pull() says so), these
# are the paths returned, and an index raises an error or pulls one platform.
# The truth: oras-py takes every layer of type "application/vnd.oci.image.layer.v1.tar+gzip" for a directory that it
# packed itself. It unpacks the layers over each other into outdir, whiteouts as plain files, so a file that the image
# has deleted is there again; the returned list names <outdir>/sha256:..., and none of these exists.
# An index has no "layers": nothing is pulled, nothing raised.
#
# Seen:
#   pull of the image: 2 paths returned, 0 exist; in outdir: etc/.wh.gone etc/gone etc/motd
#   pull of the index: []
#
# Run by hand: bash findings/oras-py-unpacks-an-image.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
registry=
trap 'if [ -n "$registry" ]; then kill "$registry" || true; wait "$registry" || true; fi; rm -rf "$dir"' EXIT

(cd "$dir" && apt-get -qq download docker-registry=2.8.2+ds1-1 && dpkg -x docker-registry_*.deb .)
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" -q --disable-pip-version-check install oras==0.2.43
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > "$dir/config.yml" <<END
version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: $dir/store}}
http: {addr: "127.0.0.1:$port"}
END
"$dir/usr/bin/docker-registry" serve "$dir/config.yml" > "$dir/log" 2>&1 & registry=$!

export HOME="$dir" TMPDIR="$dir" NO_PROXY=127.0.0.1 no_proxy=127.0.0.1
"$dir/venv/bin/python" - "$dir" "$port" <<'END'
import gzip, hashlib, io, json, pathlib, sys, tarfile, time
import oras.client, requests

folder, host = pathlib.Path(sys.argv[1]), f"127.0.0.1:{sys.argv[2]}"
OCI = "application/vnd.oci.image."
for _ in range(100):
    try:
        requests.get(f"http://{host}/v2/", timeout=20)
        break
    except requests.ConnectionError:
        time.sleep(0.1)


def blob(data, kind):
    digest = "sha256:" + hashlib.sha256(data).hexdigest()
    place = requests.post(f"http://{host}/v2/course/image/blobs/uploads/", timeout=20).headers["Location"]
    assert requests.put(f"{place}&digest={digest}", data=data, timeout=20).status_code == 201
    return {"mediaType": OCI + kind, "size": len(data), "digest": digest}


def layer(files):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text))
    return buffer.getvalue()


def manifest(tag, kind, **fields):
    body = json.dumps({"schemaVersion": 2, "mediaType": OCI + kind, **fields}).encode()
    address = f"http://{host}/v2/course/image/manifests/{tag}"
    assert requests.put(address, data=body, headers={"Content-Type": OCI + kind}, timeout=20).status_code == 201
    return {"mediaType": OCI + kind, "size": len(body), "digest": "sha256:" + hashlib.sha256(body).hexdigest()}


layers = [layer({"etc/motd": b"old", "etc/gone": b"deleted by the next layer"}), layer({"etc/motd": b"new", "etc/.wh.gone": b""})]
ids = ["sha256:" + hashlib.sha256(data).hexdigest() for data in layers]
config = {"os": "linux", "architecture": "amd64", "rootfs": {"type": "layers", "diff_ids": ids}}
image = manifest("v1", "manifest.v1+json", config=blob(json.dumps(config).encode(), "config.v1+json"),
                 layers=[blob(gzip.compress(data, mtime=0), "layer.v1.tar+gzip") for data in layers])
manifest("all", "index.v1+json", manifests=[image | {"platform": {"os": "linux", "architecture": "amd64"}}])

client = oras.client.OrasClient(hostname=host, insecure=True)
out = folder / "out"
paths = client.pull(target=f"{host}/course/image:v1", outdir=str(out))
there = sum(pathlib.Path(path).exists() for path in paths)
found = sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())
print(f"pull of the image: {len(paths)} paths returned, {there} exist; in outdir:", *found)
index = client.pull(target=f"{host}/course/image:all", outdir=str(folder / "out-index"))
print("pull of the index:", index)
assert (len(paths), there) == (2, 0), "the paths are others"
assert found == ["etc/.wh.gone", "etc/gone", "etc/motd"], "outdir is another"
assert index == [], "an index is pulled in another way"
END
