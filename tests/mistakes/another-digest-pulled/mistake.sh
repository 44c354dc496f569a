# lab: tags-and-digests
# step: pull-by-digest
# diagnosis: another-digest-pulled
# done: move
docker pull localhost:5004/web@sha256:$(curl -s -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' localhost:5004/v2/web/manifests/latest | sha256sum | cut -c1-64)
