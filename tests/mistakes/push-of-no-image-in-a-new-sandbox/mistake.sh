# message
# diagnosis: push-of-no-image
# shown: docker image inspect localhost:5000/nginx
docker push localhost:5000/nginx
