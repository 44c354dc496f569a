# message
# lab: tags-and-digests
# diagnosis: push-by-digest
# done: push
# instead: docker push localhost:5004/web:latest
docker push localhost:5004/web@sha256:0000000000000000000000000000000000000000000000000000000000000000
