# message
# lab: tags-and-digests
# diagnosis: digest-cut-short
# done: push
# instead: curl -f localhost:5004/v2/web/manifests/sha256:$(cat digits)
curl -s -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' localhost:5004/v2/web/manifests/latest | sha256sum | cut -c1-64 > digits
curl localhost:5004/v2/web/manifests/sha256:$(cut -c1-12 digits)
