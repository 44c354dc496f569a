# step: start-registry
# message
# again
# diagnosis: context-unknown
# outcome: inconclusive
docker context create work --docker host=tcp://127.0.0.1:2375
docker context use work
rm -r "$DOCKER_CONFIG/contexts"
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
