# step: tag
# diagnosis: other-address-in-name
# done: pull
docker tag nginx 127.0.0.1:5000/nginx
docker tag httpd 127.0.0.1:5000/httpd
