#!/usr/bin/env bash
# cosign 3.1.1-2 and crane 0.20.7+ds1-5 (Debian forky) against docker-registry 2.8.2+ds1-1 (Debian 12): an image of Docker's format
# that `cosign copy` copied cannot be signed by cosign; the same image copied by crane can.
#
# The guess: `cosign copy` copies an image with its signatures. Where there are none, it does what `crane copy` does, and the copy
# is signed like any other image.
# The truth: it also puts the image itself under the tag sha256-HEX, in which tools look for what refers to an image where a
# registry cannot tell. The registry converts Docker's format for whoever does not ask for it; so `cosign sign`, which asks for an
# index there, gets one of 2014, and gives up with words about a schema version. An OCI image it replaces by its index, and signs.
# (`cosign copy` says that it is deprecated, and names three commands to use instead; it does not say this.)
#
# Seen:
#   crane copy: tags 1; cosign sign: exit code 0
#   cosign copy: tags 1 sha256-HEX; the second is the image; cosign sign: exit code 1: fallback tag manifest is not a schema version 2: 1
#
# Run by hand: bash findings/cosign-signs-no-copy.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
registry=
trap 'if [ -n "$registry" ]; then kill "$registry" || true; wait "$registry" || true; fi; rm -rf "$dir"' EXIT

# cosign is in a later release than this machine's: the machine's own sources, for that release, in a folder of their own.
mkdir -p "$dir"/apt/{etc,state/lists/partial,cache/archives/partial}
sed '/^$/q; s/^Suites: .*/Suites: forky/' /etc/apt/sources.list.d/debian.sources > "$dir/apt/etc/forky.sources"
touch "$dir/apt/status"
later=(-qq -o Dir::Etc::SourceList=/dev/null -o "Dir::Etc::SourceParts=$dir/apt/etc" -o "Dir::State=$dir/apt/state"
    -o "Dir::State::status=$dir/apt/status" -o "Dir::Cache=$dir/apt/cache")
cd "$dir" && chmod 755 .
apt-get "${later[@]}" update
apt-get "${later[@]}" download cosign=3.1.1-2 crane=0.20.7+ds1-5
apt-get -qq download docker-registry=2.8.2+ds1-1
for package in *.deb; do dpkg -x "$package" .; done

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > config.yml <<END
version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: $dir/store}}
http: {addr: "127.0.0.1:$port"}
END
usr/bin/docker-registry serve config.yml > log 2>&1 & registry=$!
at=localhost:$port
for _ in $(seq 100); do curl -sf "$at/v2/" > /dev/null && break; sleep 0.1; done

export HOME="$dir" COSIGN_PASSWORD=
cosign() { usr/bin/cosign "$@"; }
sign() { cosign sign --key cosign.key --yes --use-signing-config=false --tlog-upload=false "$1@$(usr/bin/crane digest "$1:1")" 2>&1; }
echo hello > hello && tar -cf hello.tar hello
usr/bin/crane append -f hello.tar -t "$at/image:1" > /dev/null 2>&1
cosign generate-key-pair > /dev/null 2>&1

tags() { usr/bin/crane ls "$1" | sort | paste -sd' '; }
usr/bin/crane copy "$at/image:1" "$at/by-crane:1" > /dev/null 2>&1
seen="crane copy: tags $(tags "$at/by-crane"); cosign sign: exit code"
sign "$at/by-crane" > /dev/null
echo "$seen 0"

cosign copy "$at/image:1" "$at/by-cosign:1" > /dev/null 2>&1
digest=$(usr/bin/crane digest "$at/image:1")
seen="cosign copy: tags $(tags "$at/by-cosign")"
[ "$(usr/bin/crane digest "$at/by-cosign:${digest/:/-}")" = "$digest" ] # the tag names the image itself
code=0
said=$(sign "$at/by-cosign") || code=$?
words=$(grep -o 'fallback tag manifest is not.*' <<< "$said" | head -1)
echo "$seen; the second is the image; cosign sign: exit code $code: $words"
[ "$code" = 1 ] && [ "$words" = "fallback tag manifest is not a schema version 2: 1" ]
