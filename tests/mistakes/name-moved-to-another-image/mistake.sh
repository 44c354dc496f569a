# step: prune
# diagnosis: none
# done: push
docker tag httpd localhost:5000/nginx
look
