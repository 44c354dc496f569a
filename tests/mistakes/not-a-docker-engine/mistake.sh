# step: start-registry
# message
# again
# diagnosis: not-a-docker-engine
# outcome: inconclusive
docker run -d --name web -p 8080:80 nginx
export DOCKER_HOST=tcp://localhost:8080
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
