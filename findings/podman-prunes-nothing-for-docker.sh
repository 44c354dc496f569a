#!/usr/bin/env bash
# podman 4.3.1+ds1-8+deb12u1+b3 with docker 20.10.24 (Debian 12): `docker image prune -a` fails on Podman's engine, always.
#
# The guess: Podman answers to Docker's API, and its own `podman image prune -a` removes all that no container uses. So the same
# command of docker removes the same images.
# The truth: docker asks for it with the filter dangling=false. Podman puts its own dangling=true beside it, and refuses its own
# request: 500, nothing is removed. Without -a docker sends dangling=true, which goes well, and removes only what has no name.
#
# Seen:
#   docker image prune -f: exit code 0
#   docker image prune -a -f: exit code 1: Error response from daemon: specifying "dangling" filter more than once with different
#     values is not supported
#   podman image prune -a -f: exit code 0
#
# Run by hand, as root: bash findings/podman-prunes-nothing-for-docker.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
service=
trap 'if [ -n "$service" ]; then kill "$service" || true; wait "$service" || true; fi; rm -rf "$dir"' EXIT

(cd "$dir" && chmod 755 . && apt-get -qq download podman=4.3.1+ds1-8+deb12u1+b3 docker.io=20.10.24+dfsg1-1+deb12u1+b6 conmon \
    libgpgme11 libassuan0 libgpg-error0 libdevmapper1.02.1 libsubid4 libyajl2 && for package in *.deb; do dpkg -x "$package" .; done)
mkdir -p "$dir/home/.config/containers"
echo '{"default": [{"type": "insecureAcceptAnything"}]}' > "$dir/home/.config/containers/policy.json"
printf '[storage]\ndriver = "vfs"\ngraphroot = "%s/graph"\nrunroot = "%s/run"\n' "$dir" "$dir" > "$dir/storage.conf"
printf '[engine]\ncgroup_manager = "cgroupfs"\nevents_logger = "none"\nconmon_path = ["%s/usr/bin/conmon"]\n' "$dir" > "$dir/containers.conf"
export HOME="$dir/home" CONTAINERS_STORAGE_CONF="$dir/storage.conf" CONTAINERS_CONF="$dir/containers.conf"
export LD_LIBRARY_PATH="$dir/usr/lib/x86_64-linux-gnu:$dir/lib/x86_64-linux-gnu"
podman() { "$dir/usr/bin/podman" --tmpdir "$dir/tmp" "$@"; }
"$dir/usr/bin/podman" --tmpdir "$dir/tmp" system service --time=0 "unix://$dir/socket" > "$dir/log" 2>&1 & service=$!
for _ in $(seq 100); do [ -S "$dir/socket" ] && break; sleep 0.1; done

seen() { # what is typed, the exit code, the words
    local code=0
    said=$("${@:2}" 2>&1) || code=$?
    echo "$1: exit code $code: $said"
    [ "$code" = "$expected" ]
}
docker() { "$dir/usr/bin/docker" -H "unix://$dir/socket" "$@"; }
echo hello > "$dir/hello" && tar -C "$dir" -cf "$dir/hello.tar" hello && podman import -q "$dir/hello.tar" course/hello:1 > /dev/null
expected=0 seen "docker image prune -f" docker image prune -f
expected=1 seen "docker image prune -a -f" docker image prune -a -f
grep -q 'specifying "dangling" filter more than once with different values is not supported' <<< "$said"
expected=0 seen "podman image prune -a -f" podman image prune -a -f
