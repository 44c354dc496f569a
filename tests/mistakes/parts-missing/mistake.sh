# step: push
# diagnosis: parts-missing
# done: tag
docker push localhost:5000/httpd
docker push localhost:5000/nginx
blob=$(docker image inspect -f '{{.Id}}' nginx | cut -d: -f2)
docker run --rm --volumes-from my-registry busybox \
    rm -r /var/lib/registry/docker/registry/v2/blobs/sha256/${blob:0:2}/$blob
