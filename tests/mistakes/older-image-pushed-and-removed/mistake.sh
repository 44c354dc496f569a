# step: push
# diagnosis: older-image-pushed
# done: push
docker pull busybox
docker tag busybox nginx
look
docker rmi nginx localhost:5000/nginx
