# message
# diagnosis: parts-missing
# unsaid: docker restart -t 0 my-registry
# mend: docker pull httpd:latest
# unsaid: docker tag httpd:latest localhost:5000/httpd
# unsaid: until curl -s localhost:5000/v2/; do sleep 0.1; done
# mend: docker push localhost:5000/httpd
# done: prune
# again
blob=$(curl -s -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' \
    localhost:5000/v2/httpd/manifests/latest | grep -o 'sha256:[0-9a-f]*' | tail -1 | cut -d: -f2)
docker run --rm --volumes-from my-registry busybox \
    rm -r /var/lib/registry/docker/registry/v2/blobs/sha256/${blob:0:2}/$blob
docker restart -t 0 my-registry
until curl -s localhost:5000/v2/; do sleep 0.1; done
docker pull localhost:5000/httpd
