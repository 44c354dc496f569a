# lab: tags-and-digests
# step: index
# diagnosis: single-image-not-index
# done: two-images
# mend: docker manifest create --insecure localhost:5004/hello:latest localhost:5004/hello:amd64 localhost:5004/hello:arm64
# mend: docker manifest push --purge --insecure localhost:5004/hello:latest
docker tag localhost:5004/hello:amd64 localhost:5004/hello:latest
docker push localhost:5004/hello:latest
