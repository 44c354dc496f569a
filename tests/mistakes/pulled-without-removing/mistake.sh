# step: pull-back
# diagnosis: pulled-without-removing
# done: prune
docker pull nginx
docker tag nginx localhost:5000/nginx
docker pull localhost:5000/nginx
docker pull localhost:5000/httpd
