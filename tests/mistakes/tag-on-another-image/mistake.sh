# step: tag
# diagnosis: tag-on-another-image
# done: pull
docker tag httpd localhost:5000/nginx
docker tag httpd localhost:5000/httpd
