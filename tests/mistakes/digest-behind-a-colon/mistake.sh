# message
# lab: tags-and-digests
# diagnosis: digest-without-sha256
# done: push
# instead: docker pull localhost:5004/web@sha256:$(cat digits)
curl -s -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' localhost:5004/v2/web/manifests/latest | sha256sum | cut -c1-64 > digits
docker pull localhost:5004/web:$(cat digits)
