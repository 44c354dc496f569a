# step: pull
# diagnosis: another-tag
# done: start-registry
docker pull httpd
docker pull nginx
docker tag nginx nginx:alpine
docker rmi nginx:latest
