# message
# diagnosis: api-too-new
# again
export DOCKER_API_VERSION=1.99
docker ps
