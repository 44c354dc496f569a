# message
# lab: tags-and-digests
# diagnosis: manifest-list-exists
# done: two-images
# mend: docker manifest rm localhost:5004/hello:latest
# again
docker manifest create --insecure localhost:5004/hello:latest localhost:5004/hello:amd64
docker manifest create --insecure localhost:5004/hello:latest localhost:5004/hello:amd64 localhost:5004/hello:arm64
