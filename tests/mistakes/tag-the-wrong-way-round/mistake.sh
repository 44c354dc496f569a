# message
# diagnosis: no-such-image
docker pull nginx
docker tag localhost:5000/nginx nginx
