# step: tag
# diagnosis: registry-missing-in-name
# done: pull
docker tag nginx my-registry/nginx
docker tag httpd my-registry/httpd
