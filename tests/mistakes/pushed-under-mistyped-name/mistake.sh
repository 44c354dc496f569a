# step: push
# diagnosis: image-name-mistyped
# done: tag
docker tag nginx localhost:5000/ngnix
docker push localhost:5000/ngnix
docker push localhost:5000/httpd
