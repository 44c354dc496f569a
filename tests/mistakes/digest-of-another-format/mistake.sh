# message
# lab: keep-and-clean
# diagnosis: digest-of-another-format
# containerd: no-such-path, as what it builds is in the format OCI, which the registry does not convert
# done: replace
# unsaid: digest=$(curl -sI -H 'Accept: application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json' localhost:5006/v2/site/manifests/1 | tr -d '\r' | sed -n 's/^Docker-Content-Digest: //p')
# again
digest=$(curl -sI localhost:5006/v2/site/manifests/1 | tr -d '\r' | sed -n 's/^Docker-Content-Digest: //p')
curl -s --fail-with-body -X DELETE localhost:5006/v2/site/manifests/$digest
