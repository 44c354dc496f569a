# message
# diagnosis: no-such-image
# again
docker pull nginx
docker tag localhost:5000/nginx nginx
