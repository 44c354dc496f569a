# diagnosis: engine-lacks-option
# message
# done: tag
# instead: docker push localhost:5000/nginx
docker push --platform linux/amd64 localhost:5000/nginx
