# step: tag
# diagnosis: library-in-name
# done: pull
docker tag httpd localhost:5000/httpd
docker tag nginx localhost:5000/library/nginx
