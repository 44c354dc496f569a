# step: pull-back
# diagnosis: pulled-by-another-address
# done: prune
docker pull 127.0.0.1:5000/nginx
docker tag 127.0.0.1:5000/nginx localhost:5000/nginx
docker pull localhost:5000/httpd
