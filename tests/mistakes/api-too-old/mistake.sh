# message
# diagnosis: api-too-old
# again
export DOCKER_API_VERSION=1.11
docker ps
