# step: start-registry
# diagnosis: random-host-port
docker run -d --name my-registry -p 5000 --restart=always registry:2
