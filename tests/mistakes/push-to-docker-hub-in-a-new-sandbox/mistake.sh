# message
# diagnosis: pushed-to-docker-hub
# shown: docker image inspect localhost:5000/nginx
docker push nginx
