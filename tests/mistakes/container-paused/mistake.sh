# step: start-registry
# diagnosis: container-paused
docker run -d --name my-registry -p 5000:5000 --restart=always registry:2
docker pause my-registry
