# step: tag
# diagnosis: image-name-mistyped
# done: pull
docker tag nginx localhost:5000/nginx
docker tag httpd localhost:5000/http
