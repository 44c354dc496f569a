# message
# diagnosis: no-platform
# instead: docker pull localhost:5000/nginx:latest
# done: push
type=application/vnd.docker.distribution.manifest
curl -s -H "Accept: $type.v2+json" localhost:5000/v2/nginx/manifests/latest >/run/manifest
size=$(stat -c %s /run/manifest); digest=sha256:$(sha256sum </run/manifest | cut -d' ' -f1)
entry='{"mediaType":"'$type'.v2+json","size":'$size',"digest":"'$digest'","platform":{"os":"linux","architecture":"s390x"}}'
echo '{"schemaVersion":2,"mediaType":"'$type'.list.v2+json","manifests":['$entry']}' >/run/index
curl -sf -X PUT -H "Content-Type: $type.list.v2+json" --data-binary @/run/index localhost:5000/v2/nginx/manifests/other
docker pull localhost:5000/nginx:other
