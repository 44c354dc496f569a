#!/usr/bin/env bash
# docker-registry 2.8.2+ds1-1 (Debian 12, distribution 2.8.2): a blob that curl sends with --data-binary alone is refused,
# with a message that its digest is wrong.
#
# The guess: the Content-Type of an upload does not matter, since --data-binary sends the file byte for byte.
# The truth: curl calls it a form (application/x-www-form-urlencoded). The registry looks for digest= with Go's FormValue,
# which reads the body of such a request as a form, too. Nothing is left to store: 400 DIGEST_INVALID, "provided digest
# did not match uploaded content". As application/octet-stream the same bytes are taken.
#
# Seen: default type: 400 DIGEST_INVALID; application/octet-stream: 201
#
# Run by hand: bash findings/registry-reads-an-upload-as-a-form.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
registry=
trap '[ -z "$registry" ] || kill "$registry"; rm -rf "$dir"' EXIT

(cd "$dir" && apt-get -qq download docker-registry=2.8.2+ds1-1 && dpkg -x docker-registry_*.deb .)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > "$dir/config.yml" <<END
version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: $dir/store}}
http: {addr: "127.0.0.1:$port"}
END
"$dir/usr/bin/docker-registry" serve "$dir/config.yml" >> "$dir/log" 2>&1 & registry=$!
at="http://127.0.0.1:$port/v2"
curl -s --retry 20 --retry-connrefused --retry-delay 1 -o "$dir/up" "$at/"

echo 'Open the shop at nine.' > "$dir/note"
digest=sha256:$(sha256sum < "$dir/note" | cut -c1-64)
send() {
    place=$(curl -si -X POST "$at/notes/blobs/uploads/" | tr -d '\r' | sed -n 's/^Location: //p')
    curl -s -o "$dir/answer" -w '%{http_code}' -X PUT "$@" --data-binary "@$dir/note" "$place&digest=$digest"
}
status=$(send)
echo "default type: $status $(cat "$dir/answer")"
[ "$status" = 400 ] && grep -q DIGEST_INVALID "$dir/answer"
status=$(send -H 'Content-Type: application/octet-stream')
echo "application/octet-stream: $status"
[ "$status" = 201 ]
