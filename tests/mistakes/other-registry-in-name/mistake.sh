# step: tag
# diagnosis: other-registry-in-name
# done: pull
docker tag nginx localhost:5001/nginx
docker tag httpd localhost:5001/httpd
