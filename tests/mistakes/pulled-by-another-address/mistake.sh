# step: pull-back
# diagnosis: other-address-in-name
# done: prune
docker pull 127.0.0.1:5000/nginx
docker pull 127.0.0.1:5000/httpd
