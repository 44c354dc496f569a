# step: push
# diagnosis: tagged-not-pushed
# done: tag
docker push localhost:5000/nginx
