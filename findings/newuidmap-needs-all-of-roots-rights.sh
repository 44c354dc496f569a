#!/usr/bin/env bash
# newuidmap of uidmap 1:4.13+dfsg1-1+deb12u2 (Debian 12): installed as it is, it maps no ids where root's rights are cut down
# to those to map ids, as in a container with `--cap-drop ALL --cap-add SETUID --cap-add SETGID`.
#
# The guess: the program exists to use CAP_SETUID for an ordinary user, so a container that keeps SETUID and SETGID is enough
# for an engine without root.
# The truth: it is a program of root's (setuid), and stays root while it writes. For root without other rights the map belongs
# to somebody else, so opening it needs DAC_OVERRIDE; with that, writing needs SYS_ADMIN, as root did not make the namespace.
# Without setuid, but with its right as a capability of the file, it stays who called it, and SETUID is enough.
#
# Seen, for an ordinary user with reserved ids:
#   as installed, SETUID and SETGID kept:                 newuidmap: open of uid_map failed: Permission denied
#   as installed, DAC_OVERRIDE kept, too:                 newuidmap: write to uid_map failed: Operation not permitted
#   as installed, SYS_ADMIN kept, too:                    mapped
#   setcap cap_setuid=ep, chmod u-s, SETUID and SETGID:   mapped
#
# Run by hand, as root: bash findings/newuidmap-needs-all-of-roots-rights.sh; exit code 0 while this is so.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

(cd "$dir" && chmod 755 . && apt-get -qq download uidmap=1:4.13+dfsg1-1+deb12u2 libcap2-bin=1:2.66-4+deb12u3+b1 2>/dev/null && for package in *.deb; do dpkg -x "$package" .; done)
mkdir "$dir/bin"
cp "$dir"/usr/bin/new?idmap "$dir/bin"
for one in uid gid; do
    chmod 755 "$dir/bin/new${one}map"
    "$dir/sbin/setcap" "cap_set$one=ep" "$dir/bin/new${one}map"
done

# A user with reserved ids, known in a mount namespace of this script's own.
export dir
unshare --mount --propagation=private bash -euo pipefail <<'END'
for file in passwd group subuid subgid; do cp "/etc/$file" "$dir/$file" 2>/dev/null || touch "$dir/$file"; done
echo 'someone:x:64123:64123::/:/bin/sh' >> "$dir/passwd"
echo 'someone:x:64123:' >> "$dir/group"
echo 'someone:3000000000:65536' | tee -a "$dir/subuid" >> "$dir/subgid"
for file in passwd group subuid subgid; do [ -e "/etc/$file" ] && mount --bind "$dir/$file" "/etc/$file"; done

# PROGRAMS KEPT: what comes of a new namespace with these programs, by a user who can get these rights only.
maps() {
    PATH="$1:$PATH" setpriv --reuid=64123 --regid=64123 --clear-groups --bounding-set="-all,$2" \
        unshare --user --map-root-user --map-auto true 2>&1 && echo mapped || true
}
expect() {
    seen=$(maps "$1" "$2")
    echo "$3: $seen"
    [[ $seen == *"$4"* ]] || { echo "it was: $4"; exit 1; }
}
expect "$dir/usr/bin" +setuid,+setgid "as installed, SETUID and SETGID kept" "open of uid_map failed: Permission denied"
expect "$dir/usr/bin" +setuid,+setgid,+dac_override "as installed, DAC_OVERRIDE kept, too" "write to uid_map failed: Operation not permitted"
expect "$dir/usr/bin" +setuid,+setgid,+dac_override,+sys_admin "as installed, SYS_ADMIN kept, too" "mapped"
expect "$dir/bin" +setuid,+setgid "as a capability of the file, SETUID and SETGID" "mapped"
END
