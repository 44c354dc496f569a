# message
# diagnosis: name-unreadable
# mend: docker tag nginx localhost:5000/my-nginx
# shown: docker image inspect localhost:5000/my-nginx
docker pull nginx
docker tag nginx "localhost:5000/my nginx"
