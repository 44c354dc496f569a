# As an instructor, look over SSH at a second engine in a network of its own, where a registry runs. It prints the report.
# $1 is the folder for keys and settings, $2 the lab.
set -euo pipefail
bash tests/live/second_engine.sh
second="docker --host unix:///run/second.sock"
docker pull -q registry:2 >/dev/null
docker save registry:2 | $second load >/dev/null
$second run -d --name my-registry -p 5000:5000 --restart=always registry:2 >/dev/null

# sshd wants a user of its own; only in this sandbox's view of the machine there is one.
cd "$1"
{ cat /etc/passwd; echo "sshd:x:101:65534::/run/sshd:/usr/sbin/nologin"; } >passwd
mount --bind passwd /etc/passwd
mkdir -p /run/sshd bin
ssh-keygen -q -t ed25519 -N "" -f host
ssh-keygen -q -t ed25519 -N "" -f user
serves="$(command -v sshd) -i -f /dev/null -h $1/host -o AuthorizedKeysFile=$1/user.pub -o StrictModes=no"
cat >settings <<END
IdentityFile $1/user
UserKnownHostsFile $1/known
StrictHostKeyChecking accept-new
LogLevel ERROR
ProxyCommand nsenter --net=/proc/$(cat /run/second/pid)/ns/net $serves -o PermitRootLogin=yes
END
printf '#!/bin/sh\nexec %s -F %s/settings "$@"\n' "$(command -v ssh)" "$1" >bin/ssh
chmod +x bin/ssh
unset LABCHECK_SANDBOX
export PATH="$1/bin:$PATH" LABCHECK_JOURNAL="$1/journal.db"
python -m labcheck check "$2" --engine ssh://root@second/run/second.sock --format json || test $? = 1
