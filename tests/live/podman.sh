# Podman's engine, from the packages unpacked in the folder $1; it listens at /run/podman/docker.sock and ends with the
# sandbox. Its own command is /run/podman/bin/podman, beside which stands buildah, if it is in the folder. Containers share the
# sandbox's network.
set -euo pipefail
at=/run/podman; mkdir -p $at/bin $at/home/.config/containers
packages() { printf ":%s" "$1"/*/"$2"; }
for program in podman buildah; do
    [ -x "$1/$program/usr/bin/$program" ] || continue
    cat >$at/bin/$program <<SCRIPT
#!/bin/bash
export LD_LIBRARY_PATH=$(packages "$1" usr/lib/x86_64-linux-gnu | cut -c2-) HOME=$at/home CONTAINERS_CONF=$at/containers.conf
export CONTAINERS_STORAGE_CONF=$at/storage.conf CONTAINERS_REGISTRIES_CONF=$at/registries.conf
unset DOCKER_CONFIG
exec $1/$program/usr/bin/$program $([ $program != podman ] || echo "--tmpdir $at/tmp") "\$@"
SCRIPT
    chmod +x $at/bin/$program
done
echo '{"default": [{"type": "insecureAcceptAnything"}]}' >$at/home/.config/containers/policy.json
mirror=$(sed -n 's,.*http://\([^"]*\)".*,\1,p' /etc/docker/daemon.json)
cat >$at/registries.conf <<SETTINGS
unqualified-search-registries = ["docker.io"]
[[registry]]
location = "docker.io"
[[registry.mirror]]
location = "$mirror"
insecure = true
[[registry]]
location = "localhost:5000"
insecure = true
SETTINGS
printf '[storage]\ndriver = "overlay"\ngraphroot = "%s/graph"\nrunroot = "%s/run"\n' $at $at >$at/storage.conf
cat >$at/containers.conf <<SETTINGS
[containers]
netns = "host"
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
runtime = "runc"
conmon_path = ["$1/conmon/usr/bin/conmon"]
helper_binaries_dir = ["$1/netavark/usr/lib/podman"]
SETTINGS
setsid $at/bin/podman system service --time=0 unix://$at/docker.sock >$at/log 2>&1 </dev/null &
for _ in $(seq 100); do
    curl -sf --unix-socket $at/docker.sock http://podman/_ping >/dev/null && exit
    sleep 0.1
done
tail -5 $at/log
exit 1
