# A second engine, in a network of its own, as if on another machine; it listens at /run/second.sock. It ends with the
# sandbox. What stands before the call is its environment: HTTPS_PROXY=... bash tests/live/second_engine.sh
set -euo pipefail
parent=$(tr '\0' '\n' <"/proc/$(cat /run/docker.pid)/cmdline" | grep ^--cgroup-parent=)
mkdir -p /run/second; echo "{}" >/run/second/none.json
unshare --net bash -c 'ip link set lo up; exec dockerd "$@"' dockerd --data-root=/run/second/data \
    --exec-root=/run/second/exec --pidfile=/run/second/pid --host=unix:///run/second.sock --group=0 \
    --config-file=/run/second/none.json "$parent" --exec-opt=native.cgroupdriver=cgroupfs >/run/second/log 2>&1 &
for _ in $(seq 100); do
    docker --host unix:///run/second.sock version >/run/second/version 2>&1 && exit
    sleep 0.1
done
tail -5 /run/second/log
exit 1
