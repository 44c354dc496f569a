# message
# lab: tags-and-digests
# diagnosis: image-id-as-digest
# done: push
# unsaid: name=$(docker image ls --digests --format '{{.Repository}}@{{.Digest}}' localhost:5004/web)
# instead: docker pull $name
! docker pull localhost:5004/web@$(docker image inspect --format '{{.Id}}' nginx:1)
docker logs --tail 20 tags-registry 2>&1 | grep -o 'level=error .* err.message="unknown error"'
