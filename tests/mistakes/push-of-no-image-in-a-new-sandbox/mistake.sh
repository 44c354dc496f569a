# message
# diagnosis: push-of-no-image
docker push localhost:5000/nginx
