# Store note.txt as notes:monday: two blobs, then the manifest that names them.
set -eu
at=localhost:5000/v2/notes
printf '{}' > empty.json
size() { wc -c < "$1" | tr -d ' '; }
digest() { echo "sha256:$(sha256sum < "$1" | cut -c1-64)"; }
send() {
    place=$(curl -sf -D - -o /dev/null -X POST $at/blobs/uploads/ | tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
    case $place in /*) place=localhost:5000$place ;; esac
    case $place in *\?*) place=$place\& ;; *) place=$place\? ;; esac
    curl -sf -X PUT -H 'Content-Type: application/octet-stream' --data-binary "@$1" "${place}digest=$(digest "$1")"
}
send note.txt
send empty.json
part() { printf '{"mediaType":"%s","size":%s,"digest":"%s"}' "$1" "$(size "$2")" "$(digest "$2")"; }
oci=application/vnd.oci.image.manifest.v1+json
printf '{"schemaVersion":2,"mediaType":"%s","artifactType":"text/plain","config":%s,"layers":[%s]}' $oci \
    "$(part application/vnd.oci.empty.v1+json empty.json)" "$(part text/plain note.txt)" > note.json
curl -sf -X PUT -H "Content-Type: $oci" --data-binary @note.json $at/manifests/monday
