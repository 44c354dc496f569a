# message
# lab: tags-and-digests
# diagnosis: tag-with-a-digest
# done: push
# instead: docker image tag nginx:1 localhost:5004/web:first
docker image tag nginx:1 localhost:5004/web@sha256:0000000000000000000000000000000000000000000000000000000000000000
