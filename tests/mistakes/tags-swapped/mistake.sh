# step: tag
# diagnosis: tags-swapped
# done: pull
docker tag nginx localhost:5000/httpd
docker tag httpd localhost:5000/nginx
