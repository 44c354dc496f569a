# message
# diagnosis: name-unreadable
# mend: docker tag nginx localhost:5000/my-nginx
docker pull nginx
docker tag nginx "localhost:5000/my nginx"
