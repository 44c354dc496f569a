# step: tag
# diagnosis: other-registry-in-name
# done: pull
docker tag nginx localhost/nginx
docker tag httpd localhost/httpd
