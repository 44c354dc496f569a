# message
# lab: tags-and-digests
# diagnosis: list-of-lists
# done: index
# instead: docker manifest create --insecure localhost:5004/hello:both localhost:5004/hello:amd64 localhost:5004/hello:arm64
docker manifest create --insecure localhost:5004/hello:both localhost:5004/hello:latest localhost:5004/hello:arm64
