# message
# diagnosis: image-name-mistyped
# mend: docker tag nginx localhost:5000/nginx
# shown: docker image inspect localhost:5000/nginx
docker pull nginx
docker tag ngnix localhost:5000/nginx
