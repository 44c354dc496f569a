# message
# diagnosis: no-such-image
# again
docker rmi localhost:5000/nginx
