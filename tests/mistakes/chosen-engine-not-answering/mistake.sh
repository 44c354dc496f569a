# step: start-registry
# message
# again
# diagnosis: chosen-engine-not-answering
# outcome: inconclusive
export DOCKER_HOST=tcp://127.0.0.1:2375
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
