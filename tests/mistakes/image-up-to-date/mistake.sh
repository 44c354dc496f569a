# message
# diagnosis: pulled-without-removing
# done: prune
# mends: pull-back
docker pull localhost:5000/httpd
docker pull nginx
docker tag nginx localhost:5000/nginx
docker rmi nginx
docker pull localhost:5000/nginx
