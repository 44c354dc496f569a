# step: start-registry
# message
# again
# diagnosis: engine-certificates-missing
# outcome: inconclusive
export DOCKER_TLS_VERIFY=1
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
