# step: start-registry
# message
# again
# diagnosis: context-unknown
# outcome: inconclusive
export DOCKER_CONTEXT=work
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
