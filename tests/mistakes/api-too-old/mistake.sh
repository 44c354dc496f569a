# message
# diagnosis: api-too-old
# mend: unset DOCKER_API_VERSION
# again
export DOCKER_API_VERSION=1.11
docker ps
