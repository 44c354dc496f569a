# step: tag
# diagnosis: another-tag
# done: pull
docker tag nginx localhost:5000/nginx:v1
docker tag httpd localhost:5000/httpd
