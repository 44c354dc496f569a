# step: push
# diagnosis: another-image-pushed
# done: tag
docker tag httpd localhost:5000/nginx
docker push localhost:5000/nginx
docker push localhost:5000/httpd
look
docker tag nginx localhost:5000/nginx
