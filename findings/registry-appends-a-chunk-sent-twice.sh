#!/usr/bin/env bash
# docker-registry 2.8.2+ds1-1 (Debian 12, distribution 2.8.2): a chunk of an upload is appended, wherever its Content-Range says
# that it belongs.
#
# The guess: a chunk that does not begin where the upload stands gets 416 (the specification: "If a chunk is uploaded out of order,
# the registry MUST respond with a 416"), so that a client whose connection broke can send its last chunk once more.
# The truth: Content-Range is not read. The chunk sent again gets 202 and is stored twice, a chunk after a gap gets 202 and is
# stored without the gap; the mistake is told only at the end, as DIGEST_INVALID for the whole layer. The Range of the answer is the
# only sign, and for nothing it is 0-0, as for one byte: whoever goes on after it leaves out the first byte of an empty upload.
#
# Seen:
#   begun: 202 Range 0-0
#   chunk 0-4: 202 Range 0-4
#   chunk 0-4 again: 202 Range 0-9
#   chunk 5-9: 202 Range 0-14
#   finished: 400 DIGEST_INVALID; under the digest of what was really stored: 201
#   chunk 100-104 of an empty upload: 202 Range 0-4
#   chunk 0-0 of an empty upload: 202 Range 0-0
#
# Run by hand: bash findings/registry-appends-a-chunk-sent-twice.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
registry=
trap 'if [ -n "$registry" ]; then kill "$registry" || true; wait "$registry" || true; fi; rm -rf "$dir"' EXIT

(cd "$dir" && apt-get -qq download docker-registry=2.8.2+ds1-1 && dpkg -x docker-registry_*.deb .)
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > "$dir/config.yml" <<END
version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: $dir/store}}
http: {addr: "127.0.0.1:$port"}
END
"$dir/usr/bin/docker-registry" serve "$dir/config.yml" > "$dir/log" 2>&1 & registry=$!

python3 - "$port" <<'END'
import hashlib, http.client, json, sys, time

port = int(sys.argv[1])


def ask(method, path, body=b"", headers={}):
    for _ in range(100):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request(method, path, body, {"Content-Type": "application/octet-stream", **headers})
            answer = connection.getresponse()
            answer.body = answer.read()
            return answer
        except ConnectionRefusedError:
            time.sleep(0.1)
    sys.exit("the registry does not come up")


def place(answer):
    return answer.headers["Location"].split(f":{port}")[1]


def upload(*chunks):
    """Begin an upload and send chunks of (first, last, data), each to the place that the answer before it named."""
    answer = ask("POST", "/v2/lab/blobs/uploads/")
    seen = [(answer.status, answer.headers["Range"])]
    for first, last, data in chunks:
        answer = ask("PATCH", place(answer), data, {"Content-Range": f"{first}-{last}"})
        seen.append((answer.status, answer.headers["Range"]))
    return place(answer), seen


def finish(place, data):
    answer = ask("PUT", f"{place}&digest=sha256:{hashlib.sha256(data).hexdigest()}")
    return answer.status, json.loads(answer.body)["errors"][0]["code"] if answer.body else None


TWICE = [(0, 4, b"hello"), (0, 4, b"hello"), (5, 9, b"world")]
names = ("begun", "chunk 0-4", "chunk 0-4 again", "chunk 5-9")
whole, seen = upload(*TWICE)
for name, (status, range_) in zip(names, seen, strict=True):
    print(f"{name}: {status} Range {range_}")
assert seen == [(202, "0-0"), (202, "0-4"), (202, "0-9"), (202, "0-14")], "it takes chunks otherwise"
right, stored = finish(whole, b"helloworld"), finish(upload(*TWICE)[0], b"hellohelloworld")
print(f"finished: {right[0]} {right[1]}; under the digest of what was really stored: {stored[0]}")
assert (right, stored) == ((400, "DIGEST_INVALID"), (201, None)), "it stores something else"
for first, last, data, range_ in ((100, 104, b"hello", "0-4"), (0, 0, b"h", "0-0")):
    _, (_, (status, got)) = upload((first, last, data))
    print(f"chunk {first}-{last} of an empty upload: {status} Range {got}")
    assert (status, got) == (202, range_), "it takes chunks otherwise"
END
