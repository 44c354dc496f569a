# message
# diagnosis: pushed-to-docker-hub
# mend: docker image tag nginx localhost:5000/nginx
# shown: docker image inspect localhost:5000/nginx
docker push nginx
