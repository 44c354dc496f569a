# message
# diagnosis: no-such-image
# again
docker tag nginx localhost:5000/nginx
