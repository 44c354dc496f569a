# step: push
# diagnosis: older-image-pushed
# done: start-registry
docker pull busybox
docker pull httpd
docker tag httpd localhost:5000/httpd
docker tag busybox nginx:latest
docker tag nginx localhost:5000/nginx
look
docker push localhost:5000/nginx
docker push localhost:5000/httpd
docker rmi busybox
docker pull nginx:latest
docker tag nginx localhost:5000/nginx
