# step: start-registry
# diagnosis: random-host-port
docker run -d --name my-registry -P --restart=always registry:2
