# message
# diagnosis: accept-header-missing
# instead: curl --fail-with-body -H 'Accept: application/vnd.oci.image.index.v1+json' localhost:5000/v2/nginx/manifests/oci
# done: push
curl -s -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' localhost:5000/v2/nginx/manifests/latest >/run/manifest
size=$(stat -c %s /run/manifest); digest=sha256:$(sha256sum </run/manifest | cut -d' ' -f1)
entry='{"mediaType":"application/vnd.docker.distribution.manifest.v2+json","size":'$size',"digest":"'$digest'"}'
echo '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":['$entry']}' >/run/index
curl -sf -X PUT -H 'Content-Type: application/vnd.oci.image.index.v1+json' --data-binary @/run/index localhost:5000/v2/nginx/manifests/oci
curl localhost:5000/v2/nginx/manifests/oci
