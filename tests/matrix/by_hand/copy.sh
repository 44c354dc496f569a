# Copy nginx:latest to copy:1 within the registry: each blob is mounted, then the manifest is put.
set -eu
at=localhost:5000/v2
type=application/vnd.docker.distribution.manifest.v2+json
curl -sf -H "Accept: $type" $at/nginx/manifests/latest > manifest
for digest in $(grep -o 'sha256:[0-9a-f]*' manifest); do
    curl -sf -X POST "$at/copy/blobs/uploads/?mount=$digest&from=nginx"
done
curl -sf -X PUT -H "Content-Type: $type" --data-binary @manifest $at/copy/manifests/1
