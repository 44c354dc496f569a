# message
# diagnosis: registry-not-answering
# mend: docker push localhost:5000/nginx
# done: tag
docker tag nginx localhost/nginx
docker push localhost/nginx
