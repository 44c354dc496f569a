# message
# diagnosis: no-such-image
# mend: docker pull nginx
# again
docker tag nginx localhost:5000/nginx
