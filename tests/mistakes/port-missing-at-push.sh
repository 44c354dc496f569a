# message
# diagnosis: connection-refused
# mend: docker push localhost:5000/nginx
# done: tag
docker tag nginx localhost/nginx
docker push localhost/nginx
