# step: push
# message
# unsaid: docker push localhost:5000/httpd
# again
# diagnosis: not-a-docker-engine
# done: tag
export DOCKER_HOST=tcp://localhost:5000
docker push localhost:5000/nginx
