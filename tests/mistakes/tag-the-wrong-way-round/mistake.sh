# message
# diagnosis: no-such-image
# instead: docker image tag nginx localhost:5000/nginx
# shown: docker image inspect localhost:5000/nginx
docker pull nginx
docker tag localhost:5000/nginx nginx
