# step: tag
# diagnosis: tagged-before-newer-pull
# done: pull
docker tag nginx localhost:5000/nginx
docker tag httpd localhost:5000/httpd
look
echo FROM nginx | docker build -q --label mine=1 -t nginx -
