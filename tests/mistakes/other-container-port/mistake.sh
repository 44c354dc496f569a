# step: start-registry
# diagnosis: other-container-port
docker run -d --name my-registry -p 5000:80 --restart=always registry:2
