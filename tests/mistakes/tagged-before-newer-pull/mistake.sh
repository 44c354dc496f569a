# step: tag
# diagnosis: tagged-before-newer-pull
# done: start-registry
docker pull busybox
docker pull httpd
docker tag httpd localhost:5000/httpd
docker tag busybox nginx:latest
look
docker tag nginx localhost:5000/nginx
docker rmi busybox
docker pull nginx:latest
