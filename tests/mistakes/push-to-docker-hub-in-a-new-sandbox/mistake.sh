# message
# diagnosis: pushed-to-docker-hub
docker push nginx
