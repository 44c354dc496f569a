# message
# diagnosis: push-of-no-image
# again
# done: tag
docker push localhost:5000/nginx:v1
