# message
# diagnosis: no-such-image
docker rmi localhost:5000/nginx
