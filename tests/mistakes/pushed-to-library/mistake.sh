# step: push
# diagnosis: library-in-name
# done: tag
docker tag nginx localhost:5000/library/nginx
docker push localhost:5000/library/nginx
docker push localhost:5000/httpd
