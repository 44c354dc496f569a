# step: pull-back
# diagnosis: pulled-from-docker-hub
# done: prune
docker pull nginx
docker pull httpd
docker tag nginx localhost:5000/nginx
docker tag httpd localhost:5000/httpd
docker rmi nginx httpd
