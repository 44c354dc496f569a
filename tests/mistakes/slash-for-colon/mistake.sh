# diagnosis: slash-for-colon
# message
# done: tag
# instead: docker push localhost:5000/nginx
docker push localhost/5000/nginx
