# step: remove-registry
# diagnosis: none
# done: prune
docker create --name web registry:2
docker rm web
docker pull localhost:5000/nginx
docker pull localhost:5000/httpd
