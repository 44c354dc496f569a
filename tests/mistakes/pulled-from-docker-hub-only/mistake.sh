# step: pull-back
# diagnosis: pulled-from-docker-hub
# done: prune
docker pull nginx
docker pull httpd
