# step: start-registry
# diagnosis: not-published
docker run -d --name my-registry --restart=always registry:2
