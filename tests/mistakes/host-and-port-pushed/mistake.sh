# message
# diagnosis: pushed-to-docker-hub
# mend: docker push localhost:5000/nginx
# done: tag
# shown: curl -sf localhost:5000/v2/nginx/tags/list
docker push localhost:5000
