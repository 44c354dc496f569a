# message
# diagnosis: name-unreadable
# mend: docker push localhost:5000/nginx
# done: tag
docker push http://localhost:5000/nginx
