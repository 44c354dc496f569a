# step: push
# diagnosis: another-tag
# done: tag
docker tag nginx localhost:5000/nginx:v1
docker push localhost:5000/nginx:v1
docker push localhost:5000/httpd
