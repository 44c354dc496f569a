# message
# diagnosis: pushed-to-docker-hub
# mend: docker push localhost:5000/nginx
# done: tag
docker push localhost:5000
