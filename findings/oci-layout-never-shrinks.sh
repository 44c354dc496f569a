#!/usr/bin/env bash
# skopeo 1.9.3+ds1-1+b10 and umoci 0.4.7+ds-3+b7 (Debian 12): copying a new image over a tag of an OCI layout keeps the old one, and
# `umoci gc`, made to free what no tag leads to, frees nothing of it.
#
# The guess: after the copy the old image has no name, so garbage collection takes it, as in a registry's repository
# with --delete-untagged, or as `docker image prune` takes what has no name.
# The truth: skopeo takes the name away and leaves the old manifest's entry in index.json. For umoci every entry is a
# root, named or not; `umoci ls` does not list it and `umoci rm` wants a tag, so none of its commands removes it.
# A layout that mirrors one tag every night grows by an image a night.
#
# Seen (after 5 nights, each with a new image under the same tag):
#   umoci ls: nightly
#   entries in index.json: 5, of them named: 1
#   blobs before umoci gc: 10, after: 10
#   after the entries without a name were taken out of index.json by hand: 2
#
# Run by hand: bash findings/oci-layout-never-shrinks.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

(cd "$dir" && chmod 755 . && apt-get -qq download umoci=0.4.7+ds-3+b7 skopeo=1.9.3+ds1-1+b10 libgpgme11 libassuan0 \
    libgpg-error0 libdevmapper1.02.1 && for package in *.deb; do dpkg -x "$package" .; done)
export HOME="$dir" PATH="$dir/usr/bin:$PATH" LD_LIBRARY_PATH="$dir/usr/lib/x86_64-linux-gnu:$dir/lib/x86_64-linux-gnu"
cd "$dir"
blobs() { find mirror/blobs -type f | wc -l; }

for night in 1 2 3 4 5; do
    umoci init --layout "built-$night"
    umoci new --image "built-$night:nightly"
    umoci config --image "built-$night:nightly" --config.label "night=$night"
    skopeo --insecure-policy copy -q "oci:built-$night:nightly" oci:mirror:nightly
done
names=$(umoci ls --layout mirror)
read -r entries named < <(python3 -c '
import json
entries = json.load(open("mirror/index.json"))["manifests"]
print(len(entries), sum("org.opencontainers.image.ref.name" in entry.get("annotations", {}) for entry in entries))')
before=$(blobs)
umoci gc --layout mirror
after=$(blobs)
python3 -c '
import json
index = json.load(open("mirror/index.json"))
index["manifests"] = [entry for entry in index["manifests"] if entry.get("annotations")]
json.dump(index, open("mirror/index.json", "w"))'
umoci gc --layout mirror
mended=$(blobs)
echo "umoci ls: $names"
echo "entries in index.json: $entries, of them named: $named"
echo "blobs before umoci gc: $before, after: $after"
echo "after the entries without a name were taken out of index.json by hand: $mended"
[ "$names $entries $named $before $after $mended" = "nightly 5 1 10 10 2" ]
