# message
# lab: tags-and-digests
# diagnosis: artifact-is-no-image
# done: artifact
# instead: docker manifest inspect --insecure localhost:5004/notes:monday
docker pull localhost:5004/notes:monday
