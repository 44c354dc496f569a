# message
# diagnosis: push-of-no-image
# again
# done: start-registry
docker pull nginx
docker push localhost:5000/nginx
